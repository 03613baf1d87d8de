/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * UpkeepNoticeRole:
 * @UPKEEP_NOTICE_PRACTICE: sums are not real
 * @UPKEEP_NOTICE_WARNING: something must be done by a date
 * @UPKEEP_NOTICE_ERROR: something does not work
 *
 * What a notice is about. Where several stand, the last of this list that stands is shown.
 */
typedef enum {
  UPKEEP_NOTICE_PRACTICE,
  UPKEEP_NOTICE_WARNING,
  UPKEEP_NOTICE_ERROR,
} UpkeepNoticeRole;
#define UPKEEP_N_NOTICE_ROLES 3

#define UPKEEP_TYPE_NOTICE (upkeep_notice_get_type ())
G_DECLARE_FINAL_TYPE (UpkeepNotice, upkeep_notice, UPKEEP, NOTICE, AdwBin)

GtkWidget *upkeep_notice_new (void);

void upkeep_notice_show (UpkeepNotice *self,
                         UpkeepNoticeRole role,
                         const char *text,
                         const char *button_label,
                         const char *action_name);
void upkeep_notice_hide (UpkeepNotice *self, UpkeepNoticeRole role);
gboolean upkeep_notice_is_shown (UpkeepNotice *self, UpkeepNoticeRole role);

G_END_DECLS
