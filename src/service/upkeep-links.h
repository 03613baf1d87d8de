/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "upkeep-db.h"

G_BEGIN_DECLS

/* How long a link, a hosted page and a visit hold, in seconds of the service's clock (RULES 0.14).
 */
#define UPKEEP_LINK_LIFE_S G_GINT64_CONSTANT (900)

/* How many of each an account has at the most; a newer one takes the oldest one's place. */
#define UPKEEP_LINKS_MAX 16

/**
 * UpkeepLinkPurpose:
 * @UPKEEP_LINK_MANAGE: to look after the plan
 * @UPKEEP_LINK_PAYMENT_METHOD: to leave a payment method
 *
 * What an address is for. One never does for the other.
 */
typedef enum {
  UPKEEP_LINK_MANAGE,
  UPKEEP_LINK_PAYMENT_METHOD,
} UpkeepLinkPurpose;

/**
 * UpkeepLinkOwner:
 * @account: (owned) (nullable): whose; `NULL` when it was used, is over, or never was
 * @operator_name: (owned) (nullable): the operator who acts for the subscriber (RULES 0.35)
 * @returns: whether it leads back to the page of the plan; of a link
 *
 * Who may act with a link or within a visit.
 */
typedef struct {
  char *account;
  char *operator_name;
  gboolean returns;
} UpkeepLinkOwner;

void upkeep_link_owner_clear (UpkeepLinkOwner *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (UpkeepLinkOwner, upkeep_link_owner_clear)

gboolean upkeep_links_add (UpkeepDb *db,
                           UpkeepLinkPurpose purpose,
                           GBytes *hash,
                           const UpkeepLinkOwner *owner,
                           gint64 now_s,
                           GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean upkeep_links_find (UpkeepDb *db,
                            UpkeepLinkPurpose purpose,
                            GBytes *hash,
                            gint64 now_s,
                            UpkeepLinkOwner *ret_owner,
                            GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean upkeep_links_use (UpkeepDb *db, GBytes *hash, GError **error) G_GNUC_WARN_UNUSED_RESULT;

gboolean upkeep_visits_add (UpkeepDb *db,
                            GBytes *hash,
                            const UpkeepLinkOwner *owner,
                            gint64 now_s,
                            GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean upkeep_visits_find (UpkeepDb *db,
                             GBytes *hash,
                             gint64 now_s,
                             UpkeepLinkOwner *ret_owner,
                             GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean upkeep_visits_end (UpkeepDb *db, GBytes *hash, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
