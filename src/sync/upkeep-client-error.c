/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-client-error.h"

/* What travels with an error beside its code. */
typedef struct {
  UpkeepRefusal *refusal; /* (owned) (nullable) */
} UpkeepClientErrorPrivate;

static void
upkeep_client_error_private_init (UpkeepClientErrorPrivate *priv)
{
  priv->refusal = NULL;
}

static void
upkeep_client_error_private_copy (const UpkeepClientErrorPrivate *from,
                                  UpkeepClientErrorPrivate *to)
{
  to->refusal = from->refusal != NULL ? upkeep_refusal_ref (from->refusal) : NULL;
}

static void
upkeep_client_error_private_clear (UpkeepClientErrorPrivate *priv)
{
  g_clear_pointer (&priv->refusal, upkeep_refusal_unref);
}

G_DEFINE_EXTENDED_ERROR (UpkeepClientError, upkeep_client_error)
G_DEFINE_BOXED_TYPE (UpkeepRefusal, upkeep_refusal, upkeep_refusal_ref, upkeep_refusal_unref)

/**
 * upkeep_refusal_new:
 * @status: of HTTP
 *
 * Makes a refusal that tells no more than its status, to be filled before anybody else sees it.
 *
 * Returns: (transfer full): the refusal
 */
UpkeepRefusal *
upkeep_refusal_new (guint status)
{
  UpkeepRefusal *self = g_atomic_rc_box_new0 (UpkeepRefusal);

  self->status = status;
  self->blocked = g_array_new (FALSE, FALSE, sizeof (UpkeepBlocked));
  self->changed = g_array_new (FALSE, FALSE, sizeof (UpkeepChangedLine));
  return self;
}

/**
 * upkeep_refusal_ref:
 * @self: a refusal
 *
 * Takes one more reference.
 *
 * Returns: (transfer full): @self
 */
UpkeepRefusal *
upkeep_refusal_ref (UpkeepRefusal *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_atomic_rc_box_acquire (self);
}

static void
clear_refusal (gpointer data)
{
  UpkeepRefusal *self = data;

  g_free (self->code);
  g_free (self->decline_code);
  g_array_unref (self->blocked);
  g_clear_pointer (&self->quote, upkeep_quote_unref);
  g_array_unref (self->changed);
}

/**
 * upkeep_refusal_unref:
 * @self: (transfer full): a refusal
 *
 * Gives a reference back; the last one frees the refusal.
 */
void
upkeep_refusal_unref (UpkeepRefusal *self)
{
  g_return_if_fail (self != NULL);

  g_atomic_rc_box_release_full (self, clear_refusal);
}

/**
 * upkeep_client_error_new_refused:
 * @code: what it comes to
 * @refusal: what the service said
 *
 * Makes an error that a refusal travels with.
 *
 * Returns: (transfer full): the error
 */
GError *
upkeep_client_error_new_refused (UpkeepClientError code, UpkeepRefusal *refusal)
{
  GError *error;

  g_return_val_if_fail (refusal != NULL, NULL);

  error = g_error_new (UPKEEP_CLIENT_ERROR, (int) code, "the service answered %u %s",
                       refusal->status, refusal->code != NULL ? refusal->code : "in other words");
  upkeep_client_error_get_private (error)->refusal = upkeep_refusal_ref (refusal);
  return error;
}

/**
 * upkeep_client_error_get_refusal:
 * @error: an error of any domain
 *
 * Tells what the service said, so that nobody has to read messages.
 *
 * Returns: (transfer none) (nullable): the refusal; `NULL` where the service did not answer
 */
UpkeepRefusal *
upkeep_client_error_get_refusal (const GError *error)
{
  g_return_val_if_fail (error != NULL, NULL);

  if (error->domain != UPKEEP_CLIENT_ERROR)
    return NULL;

  return upkeep_client_error_get_private (error)->refusal;
}
