/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "upkeep-edition.h"
#include "upkeep-quote.h"
#include "upkeep-statement.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* What the files of upkeepctl share. */

/**
 * UpkeepctlUse:
 * @start_s: when it begins, in UTC seconds
 * @mode: (owned) (nullable): in which mode of the meter
 * @quantity: units of it, at least 0
 * @images: images made, at least 0
 * @key: (owned) (nullable): of which job or feature
 *
 * A sum of use.
 */
typedef struct {
  gint64 start_s;
  char *mode;
  gint64 quantity;
  gint64 images;
  char *key;
} UpkeepctlUse;

/* How the program ends (CONTRACT section 6). */
typedef enum {
  UPKEEPCTL_DONE,
  UPKEEPCTL_REFUSED,
  UPKEEPCTL_USAGE,
  UPKEEPCTL_UNREACHABLE,
} UpkeepctlStatus;

/**
 * Upkeepctl:
 * @server: (owned) (nullable): where the service is; `NULL` until it is told
 * @token_file: (owned) (nullable): where the token is
 * @json: whether the service's own document is printed
 *
 * What every verb is told.
 */
typedef struct {
  char *server;
  char *token_file;
  gboolean json;
} Upkeepctl;

/**
 * UpkeepctlUsage:
 * @name: the program with the verb, as it is called
 * @arguments: (nullable): what follows the options
 * @min: how many arguments there are at least
 * @max: how many there are at most
 * @summary: what it does, to translate
 * @description: (nullable): more about it, to translate
 *
 * How a verb is called.
 */
typedef struct {
  const char *name;
  const char *arguments;
  int min;
  int max;
  const char *summary;
  const char *description;
} UpkeepctlUsage;

/**
 * UpkeepctlRun:
 * @ctl: what every verb is told
 * @argc: how many words there are
 * @argv: the words, of which the first is the verb
 *
 * Runs a verb.
 *
 * Returns: how the program ends
 */
typedef UpkeepctlStatus (*UpkeepctlRun) (Upkeepctl *ctl, int argc, char **argv);

typedef struct {
  const char *name;
  UpkeepctlRun run;
  const char *summary; /* to translate */
} UpkeepctlVerb;

/* Words in, words out: upkeepctl-words.c */
void upkeepctl_complain (const char *format, ...) G_GNUC_PRINTF (1, 2);
gboolean upkeepctl_parse (Upkeepctl *ctl,
                          const UpkeepctlUsage *usage,
                          const GOptionEntry *entries,
                          int *argc,
                          char ***argv);
UpkeepctlStatus upkeepctl_run_verb (Upkeepctl *ctl,
                                    const char *name,
                                    const UpkeepctlVerb *verbs,
                                    gsize n_verbs,
                                    int argc,
                                    char **argv);
gboolean upkeepctl_parse_instant (const char *text, gint64 *ret_s);
gboolean upkeepctl_parse_count (const char *text, gint64 min, gint64 max, gint64 *ret_count);
void upkeepctl_print_bytes (GBytes *bytes);
void upkeepctl_print_table (const GPtrArray *rows, gboolean csv);

/* Asking the service: upkeepctl-call.c */
gboolean upkeepctl_has_token (const Upkeepctl *ctl);
UpkeepctlStatus upkeepctl_call (Upkeepctl *ctl,
                                const char *method,
                                const char *path,
                                const char *query,
                                GBytes *body,
                                const char *key,
                                GBytes **ret_body);
UpkeepctlStatus
upkeepctl_get (Upkeepctl *ctl, const char *path, const char *query, GBytes **ret_body);
UpkeepctlStatus upkeepctl_misread (const GError *error);
UpkeepctlStatus
upkeepctl_get_statement (Upkeepctl *ctl, UpkeepStatement **ret_statement, GBytes **ret_body);
UpkeepctlStatus upkeepctl_get_edition (Upkeepctl *ctl,
                                       const char *service,
                                       const char *edition_id,
                                       UpkeepEdition **ret_edition,
                                       GBytes **ret_body);

UpkeepctlStatus upkeepctl_get_use (
    Upkeepctl *ctl, const char *query, char **ret_unit, GPtrArray **ret_series, GBytes **ret_body);

/* The verbs */
UpkeepctlStatus upkeepctl_accept (Upkeepctl *ctl, int argc, char **argv);
UpkeepctlStatus upkeepctl_admin (Upkeepctl *ctl, int argc, char **argv);
UpkeepctlStatus upkeepctl_catalogue (Upkeepctl *ctl, int argc, char **argv);
UpkeepctlStatus upkeepctl_changes (Upkeepctl *ctl, int argc, char **argv);
UpkeepctlStatus upkeepctl_info (Upkeepctl *ctl, int argc, char **argv);
UpkeepctlStatus upkeepctl_invoices (Upkeepctl *ctl, int argc, char **argv);
UpkeepctlStatus upkeepctl_payment_method (Upkeepctl *ctl, int argc, char **argv);
UpkeepctlStatus upkeepctl_plans (Upkeepctl *ctl, int argc, char **argv);
UpkeepctlStatus upkeepctl_quote (Upkeepctl *ctl, int argc, char **argv);
UpkeepctlStatus upkeepctl_reason (Upkeepctl *ctl, int argc, char **argv);
UpkeepctlStatus upkeepctl_schedule (Upkeepctl *ctl, int argc, char **argv);
UpkeepctlStatus upkeepctl_subscribe (Upkeepctl *ctl, int argc, char **argv);
UpkeepctlStatus upkeepctl_usage (Upkeepctl *ctl, int argc, char **argv);

/* The operator's verbs around leaving: upkeepctl-leaving.c */
UpkeepctlStatus upkeepctl_admin_reasons (Upkeepctl *ctl, int argc, char **argv);
UpkeepctlStatus upkeepctl_admin_shipments (Upkeepctl *ctl, int argc, char **argv);

/* What stands below a cancellation's quote, or in its place: upkeepctl-leaving.c */
void upkeepctl_print_help (const UpkeepStatement *statement,
                           const UpkeepEdition *edition,
                           const UpkeepQuote *quote);

G_END_DECLS
