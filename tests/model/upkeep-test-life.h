/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "upkeep-move.h"
#include "upkeep-shipment.h"
#include "upkeep-statement.h"

/**
 * UpkeepTestLife:
 *
 * One account that lives through time under a shipped edition, with a payment method that pays or
 * declines as it is told. It plays the service's part: charges first, then keeps the change.
 */
typedef struct {
  UpkeepEdition *edition;
  UpkeepAccount *account;
  gint64 now_s;
  gboolean declines;
  gint64 charged_minor;  /* all that was taken from the payment method */
  gint64 refunded_minor; /* all that was given back to it */
  GPtrArray *invoices;   /* (element-type UpkeepInvoice) of all changes, in order */
  GPtrArray *changes;    /* (element-type UpkeepChange) */
} UpkeepTestLife;

UpkeepEdition *upkeep_test_load_edition (const char *file);
gint64 upkeep_test_instant (const char *text);

UpkeepTestLife *upkeep_test_life_new (const char *edition_file, const char *at);
UpkeepTestLife *upkeep_test_life_new_subscribed (const char *edition_file,
                                                 const char *plan,
                                                 UpkeepInterval interval,
                                                 const char *at);
void upkeep_test_life_free (UpkeepTestLife *self);

void upkeep_test_life_give_card (UpkeepTestLife *self);
void upkeep_test_life_advance (UpkeepTestLife *self, const char *to);
void upkeep_test_life_advance_to (UpkeepTestLife *self, gint64 to_s);
void upkeep_test_life_give (UpkeepTestLife *self,
                            UpkeepGrantKind kind,
                            gint64 quantity,
                            gint64 expires_at_s);
void upkeep_test_life_use (UpkeepTestLife *self, gint64 quantity, gint64 images, int mode);
const char *upkeep_test_life_take (UpkeepTestLife *self, int mode, gint64 reserve);
void upkeep_test_life_finish (UpkeepTestLife *self, gint64 number, gint64 quantity, gint64 images);
void upkeep_test_life_fail (UpkeepTestLife *self, gint64 number);
UpkeepShipment upkeep_test_life_ship (UpkeepTestLife *self, gint64 issue);

UpkeepQuote *upkeep_test_life_quote (UpkeepTestLife *self,
                                     UpkeepQuoteKind kind,
                                     const char *plan,
                                     UpkeepInterval interval);
UpkeepQuote *upkeep_test_life_quote_cancel_by (UpkeepTestLife *self, const char *invoice_number);
UpkeepQuote *upkeep_test_life_quote_topup (UpkeepTestLife *self, gint64 quantity);
void upkeep_test_life_accept (UpkeepTestLife *self, const UpkeepQuote *quote, UpkeepTiming timing);
void upkeep_test_life_do (UpkeepTestLife *self,
                          UpkeepQuoteKind kind,
                          const char *plan,
                          UpkeepInterval interval,
                          UpkeepTiming timing);
void upkeep_test_life_move (UpkeepTestLife *self, UpkeepEdition *to);
UpkeepStatement *upkeep_test_life_state (UpkeepTestLife *self);

#define upkeep_test_assert_instant(value, text)                                                    \
  g_assert_cmpint ((value), ==, upkeep_test_instant (text))

G_DEFINE_AUTOPTR_CLEANUP_FUNC (UpkeepTestLife, upkeep_test_life_free)
