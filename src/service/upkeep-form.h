/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Most pairs that a query or a form may have. */
#define UPKEEP_FORM_PAIRS_MAX 32

/* The pairs of a query, or of an `application/x-www-form-urlencoded` body. */
typedef struct _UpkeepForm UpkeepForm;

UpkeepForm *upkeep_form_new (const char *text, gsize length) G_GNUC_WARN_UNUSED_RESULT;
void upkeep_form_free (UpkeepForm *self);
const char *upkeep_form_get (const UpkeepForm *self, const char *name);
const char *upkeep_form_find_unknown (const UpkeepForm *self, const char *const *known);

char *upkeep_percent_decode (const char *text, gsize length, gboolean plus_is_space)
    G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (UpkeepForm, upkeep_form_free)

G_END_DECLS
