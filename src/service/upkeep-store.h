/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "upkeep-change.h"
#include "upkeep-db.h"
#include "upkeep-invoice-record.h"

G_BEGIN_DECLS

/*
 * What the service keeps, by name and type. No rule is in here.
 *
 * All writing goes through one connection, one transaction at a time, from upkeep_store_begin() to
 * upkeep_store_commit(). Functions that take a connection work within whatever transaction it is
 * in. They return `FALSE` with a `UPKEEP_DB_ERROR` only when the store fails; what is not there is
 * no error.
 */

/* Rows that upkeep_store_sum_use() gives at the most. */
#define UPKEEP_USE_SUMS_MAX 10000

typedef struct _UpkeepStore UpkeepStore;

/* A quote as it was given. */
typedef struct {
  char *id;       /* (owned) */
  char *request;  /* (owned): JSON */
  char *document; /* (owned): JSON */
  gint64 expires_at_s;
  gint64 accepted_at_s; /* `UPKEEP_INSTANT_NONE`: not yet */
} UpkeepStoredQuote;

/* The answer that a key was given. */
typedef struct {
  GBytes *fingerprint; /* (owned) */
  guint status;
  GBytes *body; /* (owned) */
  char *nonce;  /* (owned) (nullable): stands in @body where a token was */
} UpkeepStoredAnswer;

/* One posting, as the subscriber's ledger shows it. */
typedef struct {
  gint64 id;
  gint64 at_s;
  char *kind; /* (owned) */
  gint64 amount;
  gint64 balance;
  char *operator_name; /* (owned) (nullable): who acted for the subscriber (RULES 0.35) */
} UpkeepLedgerEntry;

/* Use that was reported. */
typedef struct {
  const char *id;
  const char *account;
  const char *meter;
  const char *mode;    /* (nullable) */
  const char *feature; /* (nullable) */
  const char *job;     /* (nullable) */
  gint64 quantity;
  gint64 images;
  gint64 at_s;
} UpkeepStoredUse;

typedef enum {
  UPKEEP_USE_BY_DAY,
  UPKEEP_USE_BY_MONTH,
  UPKEEP_USE_BY_JOB,
  UPKEEP_USE_BY_FEATURE,
} UpkeepUseBy;
#define UPKEEP_N_USE_BY 4

/* Use added up. */
typedef struct {
  gint64 start_s; /* of the day or month; of the first use by the job or feature */
  char *mode;     /* (owned) (nullable) */
  char *key;      /* (owned) (nullable): the job or feature */
  gint64 quantity;
  gint64 images;
} UpkeepUseSum;

UpkeepStore *upkeep_store_open (const char *uri, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void upkeep_store_close (UpkeepStore *self);

UpkeepDb *upkeep_store_begin (UpkeepStore *self, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean upkeep_store_commit (UpkeepStore *self, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void upkeep_store_rollback (UpkeepStore *self);
UpkeepDb *upkeep_store_begin_read (UpkeepStore *self, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void upkeep_store_end_read (UpkeepStore *self, UpkeepDb *db);

/* The store itself */

gboolean upkeep_store_get_clock (UpkeepDb *db, gint64 *ret_now_s, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;
gboolean upkeep_store_set_clock (UpkeepDb *db, gint64 now_s, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;
gboolean
upkeep_store_get_setting (UpkeepDb *db, const char *name, GBytes **ret_value, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;
gboolean upkeep_store_add_setting (UpkeepDb *db, const char *name, GBytes *value, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;
gboolean
upkeep_store_prune (UpkeepDb *db, gint64 keys_before_s, gint64 quotes_before_s, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;

/* Accounts */

gboolean upkeep_store_get_account (UpkeepDb *db,
                                   const char *id,
                                   UpkeepAccount **ret_account,
                                   gint64 *ret_due_at_s,
                                   GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean upkeep_store_put_account (UpkeepDb *db,
                                   const UpkeepAccount *before,
                                   const UpkeepAccount *account,
                                   gint64 due_at_s,
                                   GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean upkeep_store_set_due (UpkeepDb *db, const char *account, gint64 due_at_s, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;
gboolean
upkeep_store_get_next_due (UpkeepDb *db, char **ret_account, gint64 *ret_due_at_s, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;
gboolean upkeep_store_get_first_account (UpkeepDb *db, char **ret_account, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;
gboolean upkeep_store_list_accounts_of (UpkeepDb *db,
                                        const char *service,
                                        const char *edition,
                                        const char *after,
                                        guint n_max,
                                        GPtrArray **ret_ids,
                                        GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean upkeep_store_list_editions (UpkeepDb *db, GPtrArray **ret_pairs, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;

gboolean upkeep_store_add_token (UpkeepDb *db,
                                 GBytes *hash,
                                 const char *account,
                                 const char *operator_name,
                                 gint64 now_s,
                                 GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean upkeep_store_find_token (UpkeepDb *db,
                                  GBytes *hash,
                                  char **ret_account,
                                  char **ret_operator_name,
                                  GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* What a change leaves behind */

gboolean upkeep_store_add_posting (UpkeepDb *db,
                                   const char *account,
                                   const char *unit,
                                   const UpkeepPosting *posting,
                                   const char *operator_name,
                                   gint64 *ret_balance,
                                   GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean upkeep_store_list_ledger (UpkeepDb *db,
                                   const char *account,
                                   const char *unit,
                                   gint64 before_id,
                                   guint limit,
                                   GPtrArray **ret_entries,
                                   gint64 *ret_next_before,
                                   GError **error) G_GNUC_WARN_UNUSED_RESULT;

gboolean upkeep_store_add_invoice (UpkeepDb *db,
                                   const char *account,
                                   const char *currency,
                                   const UpkeepInvoice *invoice,
                                   char **ret_id,
                                   GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean upkeep_store_settle_invoices (UpkeepDb *db,
                                       const char *account,
                                       UpkeepInvoiceState state,
                                       GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean upkeep_store_get_invoice (UpkeepDb *db,
                                   const char *account,
                                   const char *id,
                                   UpkeepInvoiceRecord **ret_invoice,
                                   GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean upkeep_store_list_invoices (UpkeepDb *db,
                                     const char *account,
                                     gint64 before_sequence,
                                     guint limit,
                                     GPtrArray **ret_invoices,
                                     gint64 *ret_next_before,
                                     GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Quotes and receipts */

gboolean upkeep_store_add_quote (UpkeepDb *db,
                                 const char *account,
                                 const UpkeepStoredQuote *quote,
                                 GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean upkeep_store_get_quote (UpkeepDb *db,
                                 const char *account,
                                 const char *id,
                                 UpkeepStoredQuote **ret_quote,
                                 GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean upkeep_store_mark_accepted (UpkeepDb *db, const char *quote, gint64 now_s, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;
void upkeep_stored_quote_free (UpkeepStoredQuote *self);

gboolean upkeep_store_add_receipt (UpkeepDb *db,
                                   const char *id,
                                   const char *account,
                                   const char *quote,
                                   gint64 at_s,
                                   const char *document,
                                   GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean upkeep_store_get_receipt (UpkeepDb *db,
                                   const char *account,
                                   const char *id,
                                   char **ret_document,
                                   GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean upkeep_store_get_receipt_of_quote (UpkeepDb *db,
                                            const char *account,
                                            const char *quote,
                                            char **ret_document,
                                            GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* What happens once */

gboolean upkeep_store_get_answer (UpkeepDb *db,
                                  const char *scope,
                                  const char *key,
                                  UpkeepStoredAnswer **ret_answer,
                                  GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean upkeep_store_add_answer (UpkeepDb *db,
                                  const char *scope,
                                  const char *key,
                                  const UpkeepStoredAnswer *answer,
                                  gint64 created_at_s,
                                  GError **error) G_GNUC_WARN_UNUSED_RESULT;
void upkeep_stored_answer_free (UpkeepStoredAnswer *self);

gboolean upkeep_store_get_charge (UpkeepDb *db,
                                  const char *key,
                                  gint64 *ret_attempts,
                                  gboolean *ret_paid,
                                  GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean upkeep_store_add_charge (UpkeepDb *db,
                                  const char *key,
                                  gint64 attempt,
                                  const char *account,
                                  gint64 amount_minor,
                                  const char *currency,
                                  const char *decline_code,
                                  gint64 at_s,
                                  GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Use */

gboolean upkeep_store_has_use (UpkeepDb *db, const char *id, gboolean *ret_has, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;
gboolean upkeep_store_add_use (UpkeepDb *db, const UpkeepStoredUse *use, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;
gboolean upkeep_store_sum_use (UpkeepDb *db,
                               const char *account,
                               UpkeepUseBy by,
                               gint64 from_s,
                               gint64 to_s,
                               GPtrArray **ret_sums,
                               GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (UpkeepStore, upkeep_store_close)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (UpkeepStoredQuote, upkeep_stored_quote_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (UpkeepStoredAnswer, upkeep_stored_answer_free)

G_END_DECLS
