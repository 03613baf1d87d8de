/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "upkeep-http.h"

G_BEGIN_DECLS

#define UPKEEP_TRANSPORT_ERROR (upkeep_transport_error_quark ())
GQuark upkeep_transport_error_quark (void);

/**
 * UpkeepTransportError:
 * @UPKEEP_TRANSPORT_ERROR_ADDRESS: the text names no address to listen on
 * @UPKEEP_TRANSPORT_ERROR_IN_USE: somebody else listens there
 * @UPKEEP_TRANSPORT_ERROR_FAILED: the system refused
 *
 * Why nobody can be served.
 */
typedef enum {
  UPKEEP_TRANSPORT_ERROR_ADDRESS,
  UPKEEP_TRANSPORT_ERROR_IN_USE,
  UPKEEP_TRANSPORT_ERROR_FAILED,
} UpkeepTransportError;

/* What guards the process. All times run on the machine's own clock. */
typedef struct {
  guint threads;           /* at least 2 */
  guint connections_max;   /* in all; lowered to what the process may open */
  guint per_ip_max;        /* of one address; 0 for no limit */
  gsize head_max_bytes;    /* request line and header fields */
  gsize drain_max_bytes;   /* of a refused body that is still read, to be dropped */
  guint head_timeout_ms;   /* from the connection's start to the end of the first head */
  guint idle_timeout_ms;   /* from the end of an answer to the end of the next head */
  guint body_timeout_ms;   /* from the end of a head to the end of its body ... */
  guint body_bytes_per_ms; /* ... prolonged by what has arrived at this rate */
  guint write_timeout_ms;  /* from an answer's start to its end ... */
  guint stop_timeout_ms;   /* for what is in flight when the transport stops */
} UpkeepTransportOptions;

extern const UpkeepTransportOptions upkeep_transport_options_default;

/**
 * UpkeepTransportHandler:
 * @head: looks at a request before its body is read; answers it to refuse, or returns `NULL` to go
 * on after setting the most bytes its body may have (0 at first) and, if it likes, a context
 * @handle: answers a request whose body is there; @context is what @head left
 * @context_free: (nullable): frees a context; called for every request for which @head left one
 *
 * What answers. All are called on the threads of the pool, several at once, and may block.
 */
typedef struct {
  UpkeepResponse *(*head) (const UpkeepRequest *request,
                           gsize *ret_body_max_bytes,
                           gpointer *ret_context,
                           gpointer user_data);
  UpkeepResponse *(*handle) (const UpkeepRequest *request, gpointer context, gpointer user_data);
  void (*context_free) (gpointer context);
} UpkeepTransportHandler;

typedef struct _UpkeepTransport UpkeepTransport;

UpkeepTransport *upkeep_transport_new (const UpkeepTransportOptions *options,
                                       const UpkeepTransportHandler *handler,
                                       gpointer user_data) G_GNUC_WARN_UNUSED_RESULT;
gboolean upkeep_transport_start (UpkeepTransport *self, const char *listen, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;
const char *upkeep_transport_get_url (const UpkeepTransport *self);
void upkeep_transport_stop (UpkeepTransport *self);
void upkeep_transport_free (UpkeepTransport *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (UpkeepTransport, upkeep_transport_free)

G_END_DECLS
