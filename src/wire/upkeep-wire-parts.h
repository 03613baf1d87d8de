/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "upkeep-quote.h"
#include "upkeep-reader.h"

G_BEGIN_DECLS

/* Forms that several documents share (CONTRACT sections 3 and 5). */

/* The largest sum of a bill, either sign. */
#define UPKEEP_WIRE_SUM_MAX (UPKEEP_LINES_MAX * UPKEEP_AMOUNT_MAX)

JsonNode *upkeep_wire_take_object (JsonObject *object) G_GNUC_WARN_UNUSED_RESULT;

void upkeep_wire_set_instant (JsonObject *object, const char *name, gint64 instant_s);
void upkeep_wire_set_texts (JsonObject *object, const char *name, char *const *texts);
void
upkeep_wire_set_money (JsonObject *object, const char *name, gint64 minor, const char *currency);
void upkeep_wire_set_text (JsonObject *object, const char *name, const UpkeepText *text);
void upkeep_wire_set_plan (JsonObject *object,
                           const char *name,
                           const char *plan,
                           UpkeepInterval interval);
void upkeep_wire_set_lines (JsonObject *object, const char *name, const UpkeepBill *bill);
void upkeep_wire_set_refund (JsonObject *object,
                             const char *name,
                             const UpkeepRefund *refund,
                             const char *currency);

gboolean
upkeep_wire_read_interval (UpkeepReader *reader, const char *name, UpkeepInterval *ret_interval);
gboolean upkeep_wire_read_texts (UpkeepReader *reader,
                                 const char *name,
                                 guint max_length,
                                 char ***ret_texts);
gboolean upkeep_wire_read_money (UpkeepReader *reader,
                                 const char *name,
                                 char currency[UPKEEP_CURRENCY_SIZE],
                                 gint64 *ret_minor);
gboolean upkeep_wire_read_optional_money (UpkeepReader *reader,
                                          const char *name,
                                          char currency[UPKEEP_CURRENCY_SIZE],
                                          gint64 *ret_minor);
gboolean upkeep_wire_read_bill (UpkeepReader *reader,
                                const char *lines_name,
                                const char *total_name,
                                char currency[UPKEEP_CURRENCY_SIZE],
                                UpkeepBill *ret_bill);
gboolean upkeep_wire_read_refund (UpkeepReader *reader,
                                  const char *name,
                                  char currency[UPKEEP_CURRENCY_SIZE],
                                  UpkeepRefund *ret_refund);

G_END_DECLS
