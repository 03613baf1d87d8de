/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define UPKEEP_GAUGE_SEGMENTS_MAX 16

/**
 * UpkeepGaugeSegment:
 * @used: units used of it, at least 0; more than @quantity draws as full
 * @quantity: units in it, at least 0
 *
 * One part of a gauge's bar: the whole of it, or one grant of several in the order they are spent.
 */
typedef struct {
  gint64 used;
  gint64 quantity;
} UpkeepGaugeSegment;

#define UPKEEP_TYPE_GAUGE_TRACK (upkeep_gauge_track_get_type ())
G_DECLARE_FINAL_TYPE (UpkeepGaugeTrack, upkeep_gauge_track, UPKEEP, GAUGE_TRACK, GtkWidget)

void upkeep_gauge_track_set_segments (UpkeepGaugeTrack *self,
                                      const UpkeepGaugeSegment *segments,
                                      guint n_segments);
void upkeep_gauge_track_set_pace_permille (UpkeepGaugeTrack *self, int pace_permille);
void upkeep_gauge_track_set_remainder (UpkeepGaugeTrack *self, const char *text);
void
upkeep_gauge_track_set_description (UpkeepGaugeTrack *self, const char *name, const char *sentence);

G_END_DECLS
