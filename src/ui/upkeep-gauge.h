/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "upkeep-gauge-track.h"
#include "upkeep-role.h"

G_BEGIN_DECLS

/**
 * UpkeepGaugeState:
 * @UPKEEP_GAUGE_UNKNOWN: no limit was published, so no bar is drawn
 * @UPKEEP_GAUGE_UNLIMITED: there is no limit, so no bar is drawn
 * @UPKEEP_GAUGE_OK: enough is left
 * @UPKEEP_GAUGE_HIGH: nearly used up
 * @UPKEEP_GAUGE_FULL: used up
 * @UPKEEP_GAUGE_PAUSED: cannot be used for now
 *
 * What a gauge tells by its colour and its chip.
 */
typedef enum {
  UPKEEP_GAUGE_UNKNOWN,
  UPKEEP_GAUGE_UNLIMITED,
  UPKEEP_GAUGE_OK,
  UPKEEP_GAUGE_HIGH,
  UPKEEP_GAUGE_FULL,
  UPKEEP_GAUGE_PAUSED,
} UpkeepGaugeState;
#define UPKEEP_N_GAUGE_STATES 6

#define UPKEEP_TYPE_GAUGE_STATE (upkeep_gauge_state_get_type ())
GType upkeep_gauge_state_get_type (void);
UpkeepGaugeState upkeep_gauge_state_for (gint64 used, gint64 allowance);

/* Lines of text below the bar. */
#define UPKEEP_GAUGE_LINES_MAX 4

#define UPKEEP_TYPE_GAUGE (upkeep_gauge_get_type ())
G_DECLARE_FINAL_TYPE (UpkeepGauge, upkeep_gauge, UPKEEP, GAUGE, AdwBin)

GtkWidget *upkeep_gauge_new (void);

/* What it measures */
const char *upkeep_gauge_get_title (UpkeepGauge *self);
void upkeep_gauge_set_title (UpkeepGauge *self, const char *title);
UpkeepGaugeState upkeep_gauge_get_state (UpkeepGauge *self);
void upkeep_gauge_set_state (UpkeepGauge *self, UpkeepGaugeState state);
void upkeep_gauge_set_level (UpkeepGauge *self, gint64 used, gint64 allowance);
void
upkeep_gauge_set_segments (UpkeepGauge *self, const UpkeepGaugeSegment *segments, guint n_segments);
void upkeep_gauge_set_pace_permille (UpkeepGauge *self, int pace_permille);
gboolean upkeep_gauge_get_stale (UpkeepGauge *self);
void upkeep_gauge_set_stale (UpkeepGauge *self, gboolean stale);

gboolean upkeep_gauge_get_narrow (UpkeepGauge *self);
void upkeep_gauge_set_narrow (UpkeepGauge *self, gboolean narrow);

/* What it says */
void upkeep_gauge_set_figures (UpkeepGauge *self, const char *markup);
void upkeep_gauge_set_remainder (UpkeepGauge *self, const char *text);
void upkeep_gauge_set_sentence (UpkeepGauge *self, const char *sentence);
void upkeep_gauge_set_chip (UpkeepGauge *self,
                            const char *icon_name,
                            const char *label,
                            UpkeepRole role);
void
upkeep_gauge_set_line (UpkeepGauge *self, guint position, const char *icon_name, const char *text);

G_END_DECLS
