/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "upkeep-mistakes.h"

G_BEGIN_DECLS

/* More than any object of ours has members that are read by a fixed name. */
#define UPKEEP_READER_NAMES_MAX 64

/**
 * UpkeepReaderUnknown:
 * @UPKEEP_READER_UNKNOWN_REFUSED: an unread member is an error (requests, catalogue files)
 * @UPKEEP_READER_UNKNOWN_IGNORED: an unread member is newer than we are (responses)
 *
 * What upkeep_reader_finish() thinks of members that nobody has read.
 */
typedef enum {
  UPKEEP_READER_UNKNOWN_REFUSED,
  UPKEEP_READER_UNKNOWN_IGNORED,
} UpkeepReaderUnknown;

/**
 * UpkeepReader:
 *
 * Typed access to the members of one JSON object, or to the elements of one JSON array.
 *
 * A reader lives on the stack and has nothing to free. It borrows the tree, its parent reader and
 * the names it is given (literals): all must outlive it. Strings and nodes that it hands out belong
 * to the tree.
 *
 * The first error sticks: it is put into the #GError of the first reader, every later call on any
 * reader below it does nothing and returns %FALSE. So a parser reads all members and checks once:
 *
 * |[<!-- language="C" -->
 * UpkeepReader reader, plans;
 * const char *service = NULL;
 * gint64 hours = 0;
 *
 * upkeep_reader_init (&reader, root, NULL, UPKEEP_READER_UNKNOWN_REFUSED, error);
 * upkeep_reader_string (&reader, "service", 1, 64, &service);
 * upkeep_reader_optional_int (&reader, "hours", 1, 100, &hours); // stays 0 when absent or null
 * upkeep_reader_array (&reader, "plans", 1, 16, &plans);
 * while (upkeep_reader_has_next (&plans)) {
 *   UpkeepReader plan;
 *
 *   upkeep_reader_object (&plans, NULL, &plan); // NULL: the next element
 *   …
 *   upkeep_reader_finish (&plan);
 * }
 * if (!upkeep_reader_finish (&reader))
 *   return NULL;
 * ]|
 *
 * Every `ret_…` is written only when the call returns %TRUE, hence the initial values above; a
 * child reader is always made, and is empty (no element, no member, no error of its own) where
 * there is nothing to read. An optional member that is absent or `null` makes its call return
 * %FALSE and is no error. On an array the name is %NULL and each call takes the next element.
 *
 * Messages begin with the path: `plans[2].prices.year: not an integer`.
 *
 * A document that a person wrote is better read to its end: with upkeep_reader_init_collecting()
 * no error sticks, and each goes into a list. What a parser concludes from two members it must then
 * conclude only where both are sound.
 */
typedef struct _UpkeepReader UpkeepReader;
struct _UpkeepReader {
  /*< private >*/
  UpkeepReader *root;         /* where the error goes and sticks; itself in the first reader */
  const UpkeepReader *parent; /* (nullable) */
  const char *name;           /* (nullable): in the parent object, or what the first was given */
  guint index;                /* in the parent array */
  JsonObject *object;         /* (nullable) */
  JsonArray *array;           /* (nullable); with no object either the reader is empty */
  guint n_taken;              /* elements handed out so far */
  JsonObjectIter iter;        /* of upkeep_reader_next_name() */
  gboolean is_iterating;
  gboolean knows_all; /* nothing in it can be unknown */
  const char *names[UPKEEP_READER_NAMES_MAX];
  guint n_names;
  UpkeepReaderUnknown unknown;
  GError **error;           /* in a root */
  gboolean failed;          /* in a root */
  UpkeepMistakes *mistakes; /* in a root (nullable): where all errors go instead */
};

void upkeep_reader_init (UpkeepReader *self,
                         JsonNode *node,
                         const char *path,
                         UpkeepReaderUnknown unknown,
                         GError **error);
void upkeep_reader_init_collecting (UpkeepReader *self, JsonNode *node, UpkeepMistakes *mistakes);
gboolean upkeep_reader_finish (UpkeepReader *self);
gboolean upkeep_reader_has_failed (const UpkeepReader *self);
gboolean upkeep_reader_is_sound (const UpkeepReader *self, const char *path);
gboolean upkeep_reader_is_empty (const UpkeepReader *self);
gboolean upkeep_reader_has (const UpkeepReader *self, const char *name);

gboolean upkeep_reader_string (
    UpkeepReader *self, const char *name, guint min_chars, guint max_chars, const char **ret_text);
gboolean upkeep_reader_optional_string (
    UpkeepReader *self, const char *name, guint min_chars, guint max_chars, const char **ret_text);
gboolean
upkeep_reader_id (UpkeepReader *self, const char *name, guint max_bytes, const char **ret_id);
gboolean upkeep_reader_optional_id (UpkeepReader *self,
                                    const char *name,
                                    guint max_bytes,
                                    const char **ret_id);
gboolean
upkeep_reader_int (UpkeepReader *self, const char *name, gint64 min, gint64 max, gint64 *ret_value);
gboolean upkeep_reader_optional_int (
    UpkeepReader *self, const char *name, gint64 min, gint64 max, gint64 *ret_value);
gboolean upkeep_reader_bool (UpkeepReader *self, const char *name, gboolean *ret_value);
gboolean upkeep_reader_optional_bool (UpkeepReader *self, const char *name, gboolean *ret_value);
gboolean upkeep_reader_instant (UpkeepReader *self, const char *name, gint64 *ret_s);
gboolean upkeep_reader_optional_instant (UpkeepReader *self, const char *name, gint64 *ret_s);
gboolean upkeep_reader_enum (UpkeepReader *self,
                             const char *name,
                             const char *const *values,
                             guint n_values,
                             guint *ret_index);
gboolean upkeep_reader_optional_enum (UpkeepReader *self,
                                      const char *name,
                                      const char *const *values,
                                      guint n_values,
                                      guint *ret_index);
gboolean upkeep_reader_node (UpkeepReader *self, const char *name, JsonNode **ret_node);
gboolean upkeep_reader_optional_node (UpkeepReader *self, const char *name, JsonNode **ret_node);

gboolean upkeep_reader_object (UpkeepReader *self, const char *name, UpkeepReader *ret_child);
gboolean
upkeep_reader_optional_object (UpkeepReader *self, const char *name, UpkeepReader *ret_child);
gboolean upkeep_reader_next_name (UpkeepReader *self, const char **ret_name);
gboolean upkeep_reader_only (UpkeepReader *self, const char *const *names, guint n_names);

gboolean upkeep_reader_array (UpkeepReader *self,
                              const char *name,
                              guint min_length,
                              guint max_length,
                              UpkeepReader *ret_child);
gboolean upkeep_reader_optional_array (UpkeepReader *self,
                                       const char *name,
                                       guint min_length,
                                       guint max_length,
                                       UpkeepReader *ret_child);
guint upkeep_reader_get_length (const UpkeepReader *self);
gboolean upkeep_reader_has_next (const UpkeepReader *self);

void upkeep_reader_forgive (UpkeepReader *self);
void upkeep_reader_refuse (UpkeepReader *self, const char *name, const char *reason);
void upkeep_reader_catch (UpkeepReader *self, GError **error);
void upkeep_reader_fail (UpkeepReader *self, const char *name, const char *format, ...)
    G_GNUC_PRINTF (3, 4);

G_END_DECLS
