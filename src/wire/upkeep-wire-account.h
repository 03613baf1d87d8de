/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "upkeep-invoice-record.h"
#include "upkeep-receipt.h"
#include "upkeep-statement.h"
#include "upkeep-wire-error.h"

G_BEGIN_DECLS

/* How many events one batch reports. */
#define UPKEEP_USAGE_EVENTS_MAX 10000
/* An id that somebody outside has chosen: of an event or a job. */
#define UPKEEP_EVENT_ID_MAX_BYTES 255
/* An opaque id of ours. */
#define UPKEEP_OPAQUE_ID_MAX_BYTES 128
/* Entries of one page of a list. */
#define UPKEEP_PAGE_MAX 100

/**
 * UpkeepAccountRequest:
 * @service: (owned): whose plans it may have
 * @edition: (owned) (nullable): `NULL` for the service's default
 * @email: (owned): where letters go; it has one `@` and no space or control character
 * @locale: (owned) (nullable): a BCP 47 tag
 * @country: (owned) (nullable): two capital letters
 *
 * An account that the operator wants (CONTRACT, POST /v1/admin/accounts).
 */
typedef struct {
  char *service;
  char *edition;
  char *email;
  char *locale;
  char *country;
} UpkeepAccountRequest;

/**
 * UpkeepUsageEvent:
 * @is_valid: whether the event is well formed; if not, it is rejected alone with `invalid_value`
 * and nothing else of it means anything
 * @id: makes it count once, for ever
 * @account: whose it is
 * @meter: what was used
 * @quantity: units, at least 0
 * @mode: (nullable): `NULL` for the account's own
 * @feature: (nullable): what it was used by
 * @images: images made, at least 0
 * @at_s: when; `UPKEEP_INSTANT_NONE` for now
 *
 * Use that is reported. Its texts belong to the batch.
 */
typedef struct {
  gboolean is_valid;
  const char *id;
  const char *account;
  const char *meter;
  gint64 quantity;
  const char *mode;
  const char *feature;
  gint64 images;
  gint64 at_s;
} UpkeepUsageEvent;

/**
 * UpkeepUsageBatch:
 * @events: (owned) (element-type UpkeepUsageEvent): in the order of the body
 *
 * A body of reported use (CONTRACT, POST /v1/admin/usage).
 */
typedef struct {
  GArray *events;
  JsonNode *node; /*< private >*/
} UpkeepUsageBatch;

/* Why one event of a batch is rejected while the others count. */
typedef enum {
  UPKEEP_REJECTION_UNKNOWN_ACCOUNT,
  UPKEEP_REJECTION_UNKNOWN_METER,
  UPKEEP_REJECTION_INVALID_VALUE,
  UPKEEP_REJECTION_AT_IN_FUTURE,
  UPKEEP_REJECTION_PERIOD_CLOSED,
} UpkeepRejectionCode;
#define UPKEEP_N_REJECTION_CODES 5

typedef struct {
  guint index; /* in the batch */
  UpkeepRejectionCode code;
} UpkeepRejection;

/**
 * UpkeepGrantRequest:
 * @account: (owned): who gets it
 * @meter: (owned): units of what
 * @kind: earned, reward or promotional
 * @quantity: units, at least 1
 * @has_expiry: whether @expires_at_s means something; if not, it is the edition's
 * @expires_at_s: the first instant at which it is gone
 *
 * Units that the operator gives (CONTRACT, POST /v1/admin/grants).
 */
typedef struct {
  char *account;
  char *meter;
  UpkeepGrantKind kind;
  gint64 quantity;
  gboolean has_expiry;
  gint64 expires_at_s;
} UpkeepGrantRequest;

/**
 * UpkeepInvoicePage:
 * @invoices: (owned) (element-type UpkeepInvoiceRecord): newest first
 * @next_cursor: (owned) (nullable): where the next page begins; `NULL` at the end
 */
typedef struct {
  GPtrArray *invoices;
  char *next_cursor;
} UpkeepInvoicePage;

/* What the operator sends */

UpkeepAccountRequest *upkeep_wire_parse_account_request (JsonNode *node, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;
JsonNode *upkeep_wire_print_account_request (const UpkeepAccountRequest *request)
    G_GNUC_WARN_UNUSED_RESULT;
void upkeep_account_request_free (UpkeepAccountRequest *self);

UpkeepUsageBatch *upkeep_wire_parse_usage_batch (JsonNode *node, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;
void upkeep_usage_batch_free (UpkeepUsageBatch *self);
JsonNode *upkeep_wire_print_usage_result (guint n_accepted,
                                          guint n_duplicates,
                                          const UpkeepRejection *rejected,
                                          guint n_rejected) G_GNUC_WARN_UNUSED_RESULT;
const char *upkeep_rejection_code_to_string (UpkeepRejectionCode code);

UpkeepGrantRequest *upkeep_wire_parse_grant_request (JsonNode *node, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;
void upkeep_grant_request_free (UpkeepGrantRequest *self);

gboolean upkeep_wire_parse_clock (JsonNode *node, gint64 *ret_now_s, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;
JsonNode *upkeep_wire_print_clock (gint64 now_s) G_GNUC_WARN_UNUSED_RESULT;

gboolean upkeep_wire_parse_sandbox_payment_method (JsonNode *node,
                                                   char **ret_account,
                                                   char **ret_token,
                                                   GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* What the service answers */

JsonNode *upkeep_wire_print_access (const char *account, const char *access_token)
    G_GNUC_WARN_UNUSED_RESULT;
gboolean upkeep_wire_parse_access (JsonNode *node,
                                   char **ret_account,
                                   char **ret_access_token,
                                   GError **error) G_GNUC_WARN_UNUSED_RESULT;

JsonNode *upkeep_wire_print_receipt (const UpkeepReceipt *receipt) G_GNUC_WARN_UNUSED_RESULT;
UpkeepReceipt *upkeep_wire_parse_receipt (JsonNode *node, GError **error) G_GNUC_WARN_UNUSED_RESULT;

JsonNode *upkeep_wire_print_accepted (const UpkeepStatement *statement,
                                      const UpkeepReceipt *receipt) G_GNUC_WARN_UNUSED_RESULT;
gboolean upkeep_wire_parse_accepted (JsonNode *node,
                                     UpkeepStatement **ret_statement,
                                     UpkeepReceipt **ret_receipt,
                                     GError **error) G_GNUC_WARN_UNUSED_RESULT;

JsonNode *upkeep_wire_print_invoice (const UpkeepInvoiceRecord *invoice) G_GNUC_WARN_UNUSED_RESULT;
UpkeepInvoiceRecord *upkeep_wire_parse_invoice (JsonNode *node, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;
JsonNode *upkeep_wire_print_invoice_page (const GPtrArray *invoices, const char *next_cursor)
    G_GNUC_WARN_UNUSED_RESULT;
UpkeepInvoicePage *upkeep_wire_parse_invoice_page (JsonNode *node, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;
void upkeep_invoice_page_free (UpkeepInvoicePage *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (UpkeepAccountRequest, upkeep_account_request_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (UpkeepUsageBatch, upkeep_usage_batch_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (UpkeepGrantRequest, upkeep_grant_request_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (UpkeepInvoicePage, upkeep_invoice_page_free)

G_END_DECLS
