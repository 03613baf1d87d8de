/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "upkeep-sim-choices.h"
#include "upkeep-sim-fault.h"
#include "upkeep-sim-service.h"

/* How a life is lived. What happens in it follows from its choices alone. */
typedef struct {
  const UpkeepCatalogues *catalogues; /* (unowned) */
  GPtrArray *editions; /* (unowned) (element-type UpkeepEdition): all that are shipped */
  guint n_clock_steps; /* moves of the clock in the place of each one */
  guint n_rivals;      /* threads that do what is due at the same time */
  gboolean is_calm;    /* whether no answer is ever lost */
  gboolean has_faults; /* whether the disk may fail */
  guint64 fails_at;    /* which write fails, from 1; 0 none */
  guint n_steps_max;
  gint64 last_jump_s; /* the time that passes after the last step */
  GHashTable *counts; /* (unowned) (nullable): what has happened → how often */
} SimWay;

/* A job that was taken. */
typedef struct {
  char *id;           /* (owned) */
  char *answer;       /* (owned): what was answered when it was taken */
  JsonNode *document; /* (owned) (nullable): as it was seen last */
} SimJob;

/* One who subscribes, and what the service has promised to them. */
typedef struct {
  guint number;
  const UpkeepEdition *edition; /* (unowned) */
  const UpkeepEdition *coming;  /* (unowned) (nullable): where the operator moves them */
  char *id;                     /* (owned) */
  char *token;                  /* (owned) */
  guint card;                   /* number of their card */
  gint64 created_at_s;
  JsonNode *document;    /* (owned) (nullable): the account document as it was seen last */
  char *etag;            /* (owned) (nullable) */
  gint64 anchor_s;       /* what their periods are counted from */
  gint64 refunded_minor; /* as receipts say */
  gint64 used;           /* as batches were answered */
  gint64 images;
  GPtrArray *events;   /* (owned) (element-type utf8): ids of what counted */
  GPtrArray *receipts; /* (owned) (element-type JsonNode): as they were given */
  GPtrArray *jobs;     /* (owned) (element-type SimJob): in the order in which they were taken */
  JsonNode *quote;     /* (owned) (nullable): one that was put by */
} SimAccount;

/* Some accounts that live on one clock. */
typedef struct {
  const SimWay *way;
  SimChoices *choices;
  SimService *service; /* (owned) */
  SimFault *fault;     /* (owned) (nullable) */
  gint64 now_s;
  GPtrArray *accounts; /* (owned) (element-type SimAccount) */
  guint n_keys;
  guint n_events;
  guint n_jobs;
  guint n_referrals;
  gint64 lived_s; /* by all accounts together */
  GString *story; /* (owned) */
  char *broken;   /* (owned) (nullable): the first property that does not hold */
} SimWorld;

SimWorld *sim_world_new (const SimWay *way, SimChoices *choices);
void sim_world_free (SimWorld *self);

void sim_break (
    SimWorld *world, const char *property, const char *file, int line, const SimAnswer *answer);
void sim_tell (SimWorld *world, const SimAccount *account, const char *format, ...)
    G_GNUC_PRINTF (3, 4);

/* Notes a property that does not hold; @answer (nullable) is what it was seen in. */
#define SIM_HOLD(world, answer, property)                                                          \
  G_STMT_START                                                                                     \
  {                                                                                                \
    if (!(property))                                                                               \
      sim_break ((world), #property, __FILE__, __LINE__, (answer));                                \
  }                                                                                                \
  G_STMT_END

/* Asking; @account is `NULL` for the operator. Whoever gets no answer asks again. */
SimAnswer *sim_try (SimWorld *world,
                    const SimAccount *account,
                    const char *path,
                    const char *key,
                    const char *body);
SimAnswer *sim_ask (SimWorld *world, const SimAccount *account, const char *target);
SimAnswer *sim_do (SimWorld *world, const SimAccount *account, const char *path, const char *body);
SimAnswer *sim_do_with_key (SimWorld *world,
                            const SimAccount *account,
                            const char *path,
                            const char *key,
                            const char *body);
SimAnswer *
sim_do_bad (SimWorld *world, const SimAccount *account, const char *path, const char *body);
char *sim_next_key (SimWorld *world);

/* Notes that something has happened, so that it is seen what the lives have in them. */
void sim_count (SimWorld *world, const char *what);

SimCard *sim_card (SimWorld *world, const SimAccount *account);

/* What must hold; see upkeep-sim-oracle.c. */
void sim_look (SimWorld *world, SimAccount *account);
void sim_hold_unchanged (SimWorld *world, SimAccount *account, gint64 taken_minor);
void sim_advance (SimWorld *world, gint64 to_s);
void sim_accept (
    SimWorld *world, SimAccount *account, JsonNode *quote, const char *timing, gboolean is_fresh);
void sim_audit (SimWorld *world, SimAccount *account);
void sim_prove_books (SimWorld *world);
char *sim_portray (SimWorld *world, const SimAccount *account);

/* Jobs; see upkeep-sim-jobs.c. */
GPtrArray *sim_jobs_new (void);
void sim_look_at_jobs (SimWorld *world, SimAccount *account, const SimAnswer *answer);
gint64 sim_sum_reserves (const SimAccount *account);
void sim_audit_jobs (SimWorld *world, SimAccount *account);
void sim_step_take_job (SimWorld *world, SimAccount *account);
void sim_step_finish_job (SimWorld *world, SimAccount *account);

/* What happens; see upkeep-sim-steps.c. */
void sim_step (SimWorld *world);
SimAccount *sim_choose_account (SimWorld *world);
SimAccount *sim_open_account (SimWorld *world, const UpkeepEdition *edition);

/* What the operator does; see upkeep-sim-operator.c. */
void sim_step_ship (SimWorld *world);
void sim_step_referral (SimWorld *world);
void sim_step_move (SimWorld *world);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SimWorld, sim_world_free)
