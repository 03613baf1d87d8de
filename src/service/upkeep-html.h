/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * UpkeepHtml:
 *
 * A page of HTML while it is written. Text and the values of attributes are escaped by the only
 * functions that take them, names are literals, and addresses lead nowhere but to the service
 * itself, to https or to a letter: there is no way to put markup in.
 */
typedef struct _UpkeepHtml UpkeepHtml;

UpkeepHtml *upkeep_html_new (const char *language) G_GNUC_WARN_UNUSED_RESULT;
void upkeep_html_free (UpkeepHtml *self);

void upkeep_html_open (UpkeepHtml *self, const char *element, ...) G_GNUC_NULL_TERMINATED;
void upkeep_html_close (UpkeepHtml *self, const char *element);
void upkeep_html_text (UpkeepHtml *self, const char *text);
void upkeep_html_add (UpkeepHtml *self, const char *element, const char *text, ...)
    G_GNUC_NULL_TERMINATED;
GBytes *upkeep_html_end (UpkeepHtml *self) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (UpkeepHtml, upkeep_html_free)

G_END_DECLS
