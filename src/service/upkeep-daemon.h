/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define UPKEEP_DAEMON_ERROR (upkeep_daemon_error_quark ())
GQuark upkeep_daemon_error_quark (void);

/**
 * UpkeepDaemonError:
 * @UPKEEP_DAEMON_ERROR_CONFIG: an option, a file or the store is not as it has to be; trying again
 *   does not help
 * @UPKEEP_DAEMON_ERROR_FAILED: the machine refused; trying again may help
 *
 * Why the service does not run.
 */
typedef enum {
  UPKEEP_DAEMON_ERROR_CONFIG,
  UPKEEP_DAEMON_ERROR_FAILED,
} UpkeepDaemonError;

/**
 * UpkeepDaemonOptions:
 * @listen: (owned): where to, as upkeep_transport_start() takes it
 * @store: (owned): which, as upkeep_db_open() takes it
 * @catalogues: (owned): folder of the editions
 * @trials: (owned) (nullable): editions whose trial is on offer, as
 *   upkeep_catalogues_offer_trials() takes them
 * @test_clock: (owned) (nullable): an instant; time stands still at it
 * @payments: (owned): `sandbox` or `stripe`
 * @admin_token_file: (owned) (nullable): what lets the operator in
 * @public_url: (owned) (nullable): what the service is called from outside
 * @sample: (owned) (nullable): script of a sample account
 * @sample_token_file: (owned) (nullable): where the sample account's token goes
 *
 * How the service is to run.
 */
typedef struct {
  char *listen;
  char *store;
  char *catalogues;
  char *trials;
  char *test_clock;
  char *payments;
  char *admin_token_file;
  char *public_url;
  char *sample;
  char *sample_token_file;
} UpkeepDaemonOptions;

/* The service: store, clock, due work, interface and transport. */
typedef struct _UpkeepDaemon UpkeepDaemon;

UpkeepDaemon *upkeep_daemon_start (const UpkeepDaemonOptions *options, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;
const char *upkeep_daemon_get_url (const UpkeepDaemon *self);
void upkeep_daemon_stop (UpkeepDaemon *self);

void upkeep_daemon_options_clear (UpkeepDaemonOptions *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (UpkeepDaemon, upkeep_daemon_stop)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (UpkeepDaemonOptions, upkeep_daemon_options_clear)

G_END_DECLS
