/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* A service on a loopback port or a socket of its own, in threads of its own, that answers what it
 * is told to, byte by byte: a real HTTP server would not misbehave as asked. */
typedef struct _UpkeepTestServer UpkeepTestServer;

/* What happens after the bytes of an answer. */
typedef enum {
  UPKEEP_TEST_END_CLOSE,
  UPKEEP_TEST_END_HANG,    /* until the other side goes away */
  UPKEEP_TEST_END_DRIP,    /* one more byte every few milliseconds, without end */
  UPKEEP_TEST_END_ENDLESS, /* more bytes as fast as they are taken */
} UpkeepTestEnd;

UpkeepTestServer *upkeep_test_server_new (void);
UpkeepTestServer *upkeep_test_server_new_for_socket (const char *path);
void upkeep_test_server_free (UpkeepTestServer *self);
const char *upkeep_test_server_get_uri (UpkeepTestServer *self);

/* Answers are given in turn to requests that begin with @prefix (`GET /v1/account HTTP`); the last
 * one is given again and again. */
void upkeep_test_server_answer (UpkeepTestServer *self,
                                const char *prefix,
                                guint status,
                                const char *headers,
                                const char *content_type,
                                const char *body);
void upkeep_test_server_answer_raw (UpkeepTestServer *self,
                                    const char *prefix,
                                    const char *bytes,
                                    UpkeepTestEnd end);
void upkeep_test_server_forget (UpkeepTestServer *self);

/* Calls @function in the default main context each time an answer's bytes are out. */
void upkeep_test_server_on_answered (UpkeepTestServer *self, GSourceFunc function, gpointer data);

guint upkeep_test_server_count (UpkeepTestServer *self, const char *prefix);
char *upkeep_test_server_dup_request (UpkeepTestServer *self, guint index);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (UpkeepTestServer, upkeep_test_server_free)

G_END_DECLS
