/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeepctl.h"

#include "upkeep-exchange.h"
#include "upkeep-json.h"
#include "upkeep-reader.h"

/* Rows of use that one answer may have (see openapi.yaml). */
#define SERIES_MAX 10000
/* A unit's name, a mode's, a job's id. */
#define WORD_MAX_BYTES 255

static void
free_use (gpointer data)
{
  UpkeepctlUse *use = data;

  g_free (use->mode);
  g_free (use->key);
  g_free (use);
}

static void
read_use (UpkeepReader *entry, GPtrArray *series)
{
  UpkeepctlUse *use = g_new0 (UpkeepctlUse, 1);
  const char *mode = NULL;
  const char *key = NULL;

  g_ptr_array_add (series, use);
  upkeep_reader_instant (entry, "start", &use->start_s);
  upkeep_reader_optional_string (entry, "mode", 1, WORD_MAX_BYTES, &mode);
  upkeep_reader_int (entry, "quantity", 0, G_MAXINT64, &use->quantity);
  upkeep_reader_int (entry, "images", 0, G_MAXINT64, &use->images);
  upkeep_reader_optional_string (entry, "key", 1, WORD_MAX_BYTES, &key);
  use->mode = g_strdup (mode);
  use->key = g_strdup (key);
}

/**
 * upkeepctl_get_use:
 * @ctl: what every verb is told
 * @query: (nullable): of what and since when; `NULL` for each day of the month of use
 * @ret_unit: (out): what is counted, such as `gpu_second`
 * @ret_series: (out) (element-type UpkeepctlUse): the sums, by start
 * @ret_body: (out): the document
 *
 * Asks what was used, added up.
 *
 * Returns: how the program would end
 */
UpkeepctlStatus
upkeepctl_get_use (
    Upkeepctl *ctl, const char *query, char **ret_unit, GPtrArray **ret_series, GBytes **ret_body)
{
  g_autoptr (GPtrArray) series = g_ptr_array_new_with_free_func (free_use);
  g_autoptr (GBytes) body = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = NULL;
  UpkeepReader reader, entries;
  const char *unit = NULL;
  UpkeepctlStatus status = upkeepctl_get (ctl, "/v1/account/usage", query, &body);

  if (status != UPKEEPCTL_DONE)
    return status;

  node = upkeep_json_parse (body, UPKEEP_EXCHANGE_BODY_MAX_BYTES, &error);
  if (node == NULL)
    return upkeepctl_misread (error);

  upkeep_reader_init (&reader, node, NULL, UPKEEP_READER_UNKNOWN_IGNORED, &error);
  upkeep_reader_string (&reader, "unit", 1, WORD_MAX_BYTES, &unit);
  upkeep_reader_array (&reader, "series", 0, SERIES_MAX, &entries);
  while (upkeep_reader_has_next (&entries)) {
    UpkeepReader entry;

    upkeep_reader_object (&entries, NULL, &entry);
    read_use (&entry, series);
  }
  if (upkeep_reader_has_failed (&reader))
    return upkeepctl_misread (error);

  *ret_unit = g_strdup (unit);
  *ret_series = g_steal_pointer (&series);
  *ret_body = g_steal_pointer (&body);
  return UPKEEPCTL_DONE;
}
