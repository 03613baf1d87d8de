/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "upkeep-account.h"
#include "upkeep-wire-error.h"

G_BEGIN_DECLS

/* Jobs as the operator reports them (CONTRACT, POST /v1/admin/jobs). */

/**
 * UpkeepJobRequest:
 * @id: (owned): what the operator calls it
 * @account: (owned): whose it is
 * @mode: (owned) (nullable): what it works in; `NULL` for the account's own
 * @reserve: the most units it may take, from 0 to `UPKEEP_UNITS_MAX`
 */
typedef struct {
  char *id;
  char *account;
  char *mode;
  gint64 reserve;
} UpkeepJobRequest;

/**
 * UpkeepJobReport:
 * @is_ok: whether the job succeeded; if not, it costs nothing
 * @quantity: units it took, from 0 to `UPKEEP_UNITS_MAX`
 * @images: images it made, likewise
 *
 * How a job ended.
 */
typedef struct {
  gboolean is_ok;
  gint64 quantity;
  gint64 images;
} UpkeepJobReport;

/**
 * UpkeepJobRecord:
 * @id: what the operator calls it
 * @account: whose it is
 * @mode: (nullable): the mode's id; `NULL` where the meter has none
 * @job: the job
 * @position: where it stands among those that wait, from 1; 0 where it does not wait
 * @taken_at_s: when it was taken
 * @quantity: units that were counted
 * @images: images that were counted
 *
 * A job as it is shown; its texts belong to others.
 */
typedef struct {
  const char *id;
  const char *account;
  const char *mode;
  UpkeepJob job;
  int position;
  gint64 taken_at_s;
  gint64 quantity;
  gint64 images;
} UpkeepJobRecord;

UpkeepJobRequest *upkeep_wire_parse_job_request (JsonNode *node, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;
void upkeep_job_request_free (UpkeepJobRequest *self);
gboolean upkeep_wire_parse_job_report (JsonNode *node, UpkeepJobReport *ret_report, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;

JsonNode *upkeep_wire_print_job_answer (int position) G_GNUC_WARN_UNUSED_RESULT;
JsonNode *upkeep_wire_print_job (const UpkeepJobRecord *record) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (UpkeepJobRequest, upkeep_job_request_free)

G_END_DECLS
