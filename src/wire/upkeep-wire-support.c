/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-wire-support.h"

#include "upkeep-catalogue.h"

#include <string.h>

#define SUPPORT_MAX       16
#define ADDRESS_MAX_CHARS 2000

/* `mailto:` and one address, with nothing that would be filled in for the sender. */
static gboolean
is_mailto (const char *address)
{
  g_autoptr (GUri) uri = g_uri_parse (address, G_URI_FLAGS_NONE, NULL);
  const char *mailbox, *at;

  if (uri == NULL || !g_str_equal (g_uri_get_scheme (uri), "mailto") ||
      g_uri_get_query (uri) != NULL || g_uri_get_fragment (uri) != NULL)
    return FALSE;

  mailbox = g_uri_get_path (uri);
  at = strchr (mailbox, '@');
  return at != NULL && at > mailbox && at[1] != '\0' && strpbrk (at + 1, "@/") == NULL &&
         strpbrk (mailbox, " ,;<>\"") == NULL;
}

static void
read_address (UpkeepReader *reader, UpkeepSupportChannel *channel, gboolean knows_kind)
{
  const char *address = NULL;

  if (!upkeep_reader_string (reader, "address", 1, ADDRESS_MAX_CHARS, &address) || !knows_kind)
    return;

  if (channel->kind == UPKEEP_SUPPORT_EMAIL && !is_mailto (address))
    upkeep_reader_fail (reader, "address", "is not mailto: and one address");
  else if (channel->kind != UPKEEP_SUPPORT_EMAIL && !upkeep_catalogue_is_https (address))
    upkeep_reader_fail (reader, "address", "is not an https address");
  channel->address = g_strdup (address);
}

static void
read_needs (UpkeepReader *reader, UpkeepSupportChannel *channel)
{
  g_autofree UpkeepText *needs = upkeep_catalogue_read_optional_text (reader, "needs");

  if (needs != NULL)
    channel->needs = *needs; /* and what it owns with it */
}

/**
 * upkeep_wire_read_support:
 * @reader: the reader of a catalogue file
 * @edition: where to put the channels
 *
 * Reads the member `support` of a catalogue file: how to reach people who can help, the first to
 * try first (RULES C-37..C-39, C-41, C-42). A catalogue without it has none.
 *
 * Shape: `[{"id":id,"kind":"email"|"reddit"|"discord"|"form"|"link","address":text,"name":text of
 * four languages,"needs"?:text of four languages}]`
 */
void
upkeep_wire_read_support (UpkeepReader *reader, UpkeepEdition *edition)
{
  g_autoptr (GHashTable) ids = upkeep_catalogue_new_ids ();
  const char *kinds[UPKEEP_N_SUPPORT_KINDS];
  UpkeepReader list;

  for (guint i = 0; i < UPKEEP_N_SUPPORT_KINDS; i++)
    kinds[i] = upkeep_support_kind_to_string (i);
  if (!upkeep_reader_optional_array (reader, "support", 0, SUPPORT_MAX, &list)) {
    if (!upkeep_reader_is_sound (reader, "support"))
      g_ptr_array_add (edition->support,
                       upkeep_support_channel_new ()); /* any word stands for it */
    return;
  }

  while (upkeep_reader_has_next (&list)) {
    UpkeepSupportChannel *channel = upkeep_support_channel_new ();
    UpkeepReader item;
    gboolean knows_kind;
    guint kind = 0;

    upkeep_reader_object (&list, NULL, &item);
    channel->id = upkeep_catalogue_read_new_id (&item, ids);
    knows_kind = upkeep_reader_enum (&item, "kind", kinds, UPKEEP_N_SUPPORT_KINDS, &kind);
    channel->kind = kind;
    read_address (&item, channel, knows_kind);
    upkeep_catalogue_read_text (&item, "name", &channel->name);
    read_needs (&item, channel);
    upkeep_reader_finish (&item);
    g_ptr_array_add (edition->support, channel);
  }
}
