/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <unicode/utypes.h>

G_BEGIN_DECLS

/* Numbers, sums and dates as a language writes them. Everything is told: nothing here knows the
 * locale or the zone of the process, and all of it may be called from any thread. */

char *upkeep_icu_to_utf8 (const UChar *text, int32_t length, UErrorCode status)
    G_GNUC_WARN_UNUSED_RESULT;

char *upkeep_icu_format_decimal (const char *locale, const char *skeleton, const char *decimal)
    G_GNUC_WARN_UNUSED_RESULT;
char *upkeep_icu_format_money (const char *locale,
                               gint64 amount_minor,
                               const char *currency,
                               const char *sign) G_GNUC_WARN_UNUSED_RESULT;

char *upkeep_icu_find_pattern (const char *locale, const char *skeleton) G_GNUC_WARN_UNUSED_RESULT;
char *upkeep_icu_format_date (const char *locale, const char *pattern, gint64 wall_clock_s)
    G_GNUC_WARN_UNUSED_RESULT;
char *upkeep_icu_mend_date (const char *locale, char *text) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
