/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-reader.h"

#include "upkeep-instant.h"

static void
append_path (GString *path, const UpkeepReader *self)
{
  if (self->parent == NULL) {
    if (self->name != NULL)
      g_string_append (path, self->name);
    return;
  }

  append_path (path, self->parent);
  if (self->parent->array != NULL)
    g_string_append_printf (path, "[%u]", self->index);
  else
    upkeep_wire_error_append_name (path, self->name);
}

/* What stands at the place at fault, or what lacks it. */
static gconstpointer
find_value (const UpkeepReader *self, const char *name)
{
  JsonNode *node = NULL;

  if (self->array != NULL)
    return self->n_taken > 0
               ? (gconstpointer) json_array_get_element (self->array, self->n_taken - 1)
               : self->array;
  if (self->object != NULL && name != NULL)
    node = json_object_get_member (self->object, name);

  return node != NULL ? (gconstpointer) node : self->object;
}

/* Puts an error where it belongs: the first, or all where they are collected. @name is the member
 * that is at fault, or %NULL for the element that was taken last. */
static void G_GNUC_PRINTF (4, 0) fail_valist (
    UpkeepReader *self, UpkeepWireError code, const char *name, const char *format, va_list args)
{
  g_autoptr (GString) message = NULL;

  if (self->root->failed)
    return;

  message = g_string_new (NULL);
  append_path (message, self);
  if (self->array != NULL && self->n_taken > 0) {
    g_string_append_printf (message, "[%u]", self->n_taken - 1);
  } else if (name != NULL) {
    upkeep_wire_error_append_name (message, name);
  }
  if (self->root->mistakes != NULL) {
    g_autofree char *reason = g_strdup_vprintf (format, args);

    upkeep_mistakes_add (self->root->mistakes, code, message->str, reason, find_value (self, name));
    return;
  }

  self->root->failed = TRUE;
  if (message->len > 0)
    g_string_append (message, ": ");
  g_string_append_vprintf (message, format, args);
  g_set_error_literal (self->root->error, UPKEEP_WIRE_ERROR, (int) code, message->str);
}

static void G_GNUC_PRINTF (4, 5)
    fail (UpkeepReader *self, UpkeepWireError code, const char *name, const char *format, ...)
{
  va_list args;

  va_start (args, format);
  fail_valist (self, code, name, format, args);
  va_end (args);
}

static gboolean
is_among (const char *name, const char *const *names, guint n_names)
{
  for (guint i = 0; i < n_names; i++) {
    if (g_str_equal (name, names[i]))
      return TRUE;
  }
  return FALSE;
}

/* Remembers that @name is a member that we know, even when its value is not looked at. */
static void
remember_name (UpkeepReader *self, const char *name)
{
  if (self->knows_all || is_among (name, self->names, self->n_names))
    return;

  g_assert (self->n_names < UPKEEP_READER_NAMES_MAX);
  self->names[self->n_names++] = name;
}

/* The value of the member @name or of the next element, or %NULL if there is nothing to read. */
static JsonNode *
take_node (UpkeepReader *self, const char *name, gboolean is_required)
{
  JsonNode *node = NULL;

  if (upkeep_reader_is_empty (self))
    return NULL;

  if (self->array != NULL) {
    g_assert (name == NULL);
    g_assert (upkeep_reader_has_next (self));
    node = json_array_get_element (self->array, self->n_taken++);
  } else {
    g_assert (name != NULL);
    remember_name (self, name);
    node = json_object_get_member (self->object, name);
  }

  if (self->root->failed)
    return NULL;

  if (node == NULL || JSON_NODE_HOLDS_NULL (node)) {
    if (is_required)
      fail (self, UPKEEP_WIRE_ERROR_MEMBER, name, node == NULL ? "missing" : "must not be null");
    return NULL;
  }
  return node;
}

static JsonNode *
take_value (
    UpkeepReader *self, const char *name, gboolean is_required, GType type, const char *type_name)
{
  JsonNode *node = take_node (self, name, is_required);

  if (node == NULL)
    return NULL;

  if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != type) {
    fail (self, UPKEEP_WIRE_ERROR_MEMBER, name, "not %s", type_name);
    return NULL;
  }
  return node;
}

static gboolean
read_string (UpkeepReader *self,
             const char *name,
             gboolean is_required,
             guint min_chars,
             guint max_chars,
             const char **ret_text)
{
  JsonNode *node = take_value (self, name, is_required, G_TYPE_STRING, "a string");
  const char *text;
  glong n_chars;

  if (node == NULL)
    return FALSE;

  text = json_node_get_string (node);
  n_chars = g_utf8_strlen (text, -1);
  if (n_chars < (glong) min_chars || n_chars > (glong) max_chars) {
    fail (self, UPKEEP_WIRE_ERROR_VALUE, name, "%ld characters, where %u to %u are allowed",
          n_chars, min_chars, max_chars);
    return FALSE;
  }

  *ret_text = text;
  return TRUE;
}

static gboolean
read_id (UpkeepReader *self,
         const char *name,
         gboolean is_required,
         guint max_bytes,
         const char **ret_id)
{
  const char *text;

  if (!read_string (self, name, is_required, 1, max_bytes, &text))
    return FALSE;

  for (gsize i = 0; text[i] != '\0'; i++) {
    if (!g_ascii_isgraph (text[i])) {
      fail (self, UPKEEP_WIRE_ERROR_VALUE, name, "has a character that is not visible ASCII");
      return FALSE;
    }
  }

  *ret_id = text;
  return TRUE;
}

static gboolean
read_int (UpkeepReader *self,
          const char *name,
          gboolean is_required,
          gint64 min,
          gint64 max,
          gint64 *ret_value)
{
  JsonNode *node = take_node (self, name, is_required);
  GType type;
  gint64 value;

  if (node == NULL)
    return FALSE;

  type = JSON_NODE_HOLDS_VALUE (node) ? json_node_get_value_type (node) : G_TYPE_INVALID;
  if (type != G_TYPE_INT64) {
    /* The scanner marks numbers that are no integers of 64 bits by this type. */
    fail (self, type == G_TYPE_DOUBLE ? UPKEEP_WIRE_ERROR_VALUE : UPKEEP_WIRE_ERROR_MEMBER, name,
          "not an integer");
    return FALSE;
  }

  value = json_node_get_int (node);
  if (value < min || value > max) {
    fail (self, UPKEEP_WIRE_ERROR_VALUE, name,
          "%" G_GINT64_FORMAT " is outside %" G_GINT64_FORMAT " to %" G_GINT64_FORMAT, value, min,
          max);
    return FALSE;
  }

  *ret_value = value;
  return TRUE;
}

static gboolean
read_bool (UpkeepReader *self, const char *name, gboolean is_required, gboolean *ret_value)
{
  JsonNode *node = take_value (self, name, is_required, G_TYPE_BOOLEAN, "true or false");

  if (node == NULL)
    return FALSE;

  *ret_value = json_node_get_boolean (node);
  return TRUE;
}

static gboolean
read_instant (UpkeepReader *self, const char *name, gboolean is_required, gint64 *ret_s)
{
  JsonNode *node = take_value (self, name, is_required, G_TYPE_STRING, "a string");
  g_autoptr (GError) local_error = NULL;

  if (node == NULL)
    return FALSE;

  if (!upkeep_instant_parse (json_node_get_string (node), ret_s, &local_error)) {
    fail (self, UPKEEP_WIRE_ERROR_VALUE, name, "%s", local_error->message);
    return FALSE;
  }
  return TRUE;
}

static gboolean
read_enum (UpkeepReader *self,
           const char *name,
           gboolean is_required,
           const char *const *values,
           guint n_values,
           guint *ret_index)
{
  JsonNode *node = take_value (self, name, is_required, G_TYPE_STRING, "a string");
  g_autoptr (GString) list = NULL;

  if (node == NULL)
    return FALSE;

  for (guint i = 0; i < n_values; i++) {
    if (values[i] != NULL && g_str_equal (values[i], json_node_get_string (node))) {
      *ret_index = i;
      return TRUE;
    }
  }

  list = g_string_new (NULL);
  for (guint i = 0; i < n_values; i++) {
    if (values[i] != NULL)
      g_string_append_printf (list, "%s%s", list->len > 0 ? ", " : "", values[i]);
  }
  fail (self, UPKEEP_WIRE_ERROR_VALUE, name, "none of %s", list->str);
  return FALSE;
}

static gboolean
read_node (UpkeepReader *self, const char *name, gboolean is_required, JsonNode **ret_node)
{
  JsonNode *node = take_node (self, name, is_required);

  if (node == NULL)
    return FALSE;

  *ret_node = node;
  return TRUE;
}

/* Makes @ret_child an empty reader at the place that is taken next. */
static void
init_child (UpkeepReader *self, const char *name, UpkeepReader *ret_child)
{
  *ret_child = (UpkeepReader){
      .root = self->root,
      .parent = self,
      .name = name,
      .index = self->n_taken,
      .unknown = self->unknown,
  };
}

static gboolean
read_object (UpkeepReader *self, const char *name, gboolean is_required, UpkeepReader *ret_child)
{
  JsonNode *node;

  init_child (self, name, ret_child);
  node = take_node (self, name, is_required);
  if (node == NULL)
    return FALSE;

  if (!JSON_NODE_HOLDS_OBJECT (node)) {
    fail (self, UPKEEP_WIRE_ERROR_MEMBER, name, "not an object");
    return FALSE;
  }

  ret_child->object = json_node_get_object (node);
  return TRUE;
}

static gboolean
read_array (UpkeepReader *self,
            const char *name,
            gboolean is_required,
            guint min_length,
            guint max_length,
            UpkeepReader *ret_child)
{
  JsonNode *node;
  guint length;

  init_child (self, name, ret_child);
  node = take_node (self, name, is_required);
  if (node == NULL)
    return FALSE;

  if (!JSON_NODE_HOLDS_ARRAY (node)) {
    fail (self, UPKEEP_WIRE_ERROR_MEMBER, name, "not an array");
    return FALSE;
  }

  length = json_array_get_length (json_node_get_array (node));
  if (length < min_length || length > max_length) {
    fail (self, UPKEEP_WIRE_ERROR_VALUE, name, "%u elements, where %u to %u are allowed", length,
          min_length, max_length);
    return FALSE;
  }

  ret_child->array = json_node_get_array (node);
  return TRUE;
}

/**
 * upkeep_reader_init:
 * @self: (out caller-allocates): the reader to start
 * @node: (nullable): the document, or a part of one; must outlive @self
 * @path: (nullable): where @node stands, put before every path; must outlive @self
 * @unknown: what to think of members that nobody reads, here and in all readers below
 * @error: return location for a `UPKEEP_WIRE_ERROR`, written at the first error
 *
 * Starts to read an object.
 *
 * Errors: `UPKEEP_WIRE_ERROR_SYNTAX` when @node is no object and @path is %NULL, for the top level
 * of every document is one; `UPKEEP_WIRE_ERROR_MEMBER` when it is none further down.
 */
void
upkeep_reader_init (UpkeepReader *self,
                    JsonNode *node,
                    const char *path,
                    UpkeepReaderUnknown unknown,
                    GError **error)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (error == NULL || *error == NULL);

  *self = (UpkeepReader){.root = self, .name = path, .unknown = unknown, .error = error};
  if (node != NULL && JSON_NODE_HOLDS_OBJECT (node))
    self->object = json_node_get_object (node);
  else if (path == NULL)
    fail (self, UPKEEP_WIRE_ERROR_SYNTAX, NULL, "the top level is not an object");
  else
    fail (self, UPKEEP_WIRE_ERROR_MEMBER, NULL, "not an object");
}

/**
 * upkeep_reader_init_collecting:
 * @self: (out caller-allocates): the reader to start
 * @node: the document; must outlive @self
 * @mistakes: where all errors go; must outlive @self
 *
 * Starts to read a document that a person wrote: unknown members are refused, and reading goes on
 * after each error, so that all of them can be told at once.
 */
void
upkeep_reader_init_collecting (UpkeepReader *self, JsonNode *node, UpkeepMistakes *mistakes)
{
  g_return_if_fail (self != NULL && node != NULL && mistakes != NULL);

  *self = (UpkeepReader){
      .root = self,
      .unknown = UPKEEP_READER_UNKNOWN_REFUSED,
      .mistakes = mistakes,
  };
  if (JSON_NODE_HOLDS_OBJECT (node))
    self->object = json_node_get_object (node);
  else
    fail (self, UPKEEP_WIRE_ERROR_SYNTAX, NULL, "the top level is not an object");
}

static gboolean
has_failed (const UpkeepReader *root)
{
  return root->failed ||
         (root->mistakes != NULL && upkeep_mistakes_get_length (root->mistakes) > 0);
}

/**
 * upkeep_reader_finish:
 * @self: a reader
 *
 * Ends reading an object: a member that was never asked for is refused, unless unknown ones are
 * ignored.
 *
 * Call it on every object, children too; on an array it only tells whether all went well. Members
 * count as read even when a call for them did nothing because of an earlier error.
 *
 * Errors: `UPKEEP_WIRE_ERROR_UNKNOWN_MEMBER`.
 *
 * Returns: whether there was no error, here or in any reader that shares this one's error
 */
gboolean
upkeep_reader_finish (UpkeepReader *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  if (self->object != NULL && !self->knows_all && self->unknown == UPKEEP_READER_UNKNOWN_REFUSED)
    upkeep_reader_only (self, self->names, self->n_names);
  return !has_failed (self->root);
}

/**
 * upkeep_reader_has_failed:
 * @self: a reader
 *
 * Tells whether an error sticks, here or in any reader that shares this one's error.
 *
 * Returns: whether there was an error
 */
gboolean
upkeep_reader_has_failed (const UpkeepReader *self)
{
  g_return_val_if_fail (self != NULL, TRUE);

  return has_failed (self->root);
}

/**
 * upkeep_reader_is_sound:
 * @self: a reader
 * @path: a member of the whole document, like `plans[2].prices`
 *
 * Tells whether what was read of a member can be concluded from: no mistake was found in it or
 * further down. Where the first error sticks, nothing can after one.
 *
 * Returns: whether it is sound, as far as it was read
 */
gboolean
upkeep_reader_is_sound (const UpkeepReader *self, const char *path)
{
  g_return_val_if_fail (self != NULL && path != NULL, FALSE);

  if (self->root->mistakes != NULL)
    return !upkeep_mistakes_has_at (self->root->mistakes, path);
  return !self->root->failed;
}

/**
 * upkeep_reader_has:
 * @self: the reader of an object, or an empty one
 * @name: a member
 *
 * Tells whether a member is there, whatever it is, `null` included. That does not count as reading
 * it.
 *
 * Returns: whether it is
 */
gboolean
upkeep_reader_has (const UpkeepReader *self, const char *name)
{
  g_return_val_if_fail (self != NULL && name != NULL, FALSE);
  g_return_val_if_fail (self->array == NULL, FALSE);

  return self->object != NULL && json_object_has_member (self->object, name);
}

/**
 * upkeep_reader_is_empty:
 * @self: a reader
 *
 * Tells whether there is nothing behind the reader: its member was absent, `null` or wrong.
 *
 * Returns: whether every read from it does nothing
 */
gboolean
upkeep_reader_is_empty (const UpkeepReader *self)
{
  g_return_val_if_fail (self != NULL, TRUE);

  return self->object == NULL && self->array == NULL;
}

/**
 * upkeep_reader_string:
 * @self: a reader
 * @name: (nullable): a member, or %NULL for the next element of an array
 * @min_chars: the fewest characters; 0 allows the empty string
 * @max_chars: the most characters
 * @ret_text: (out) (transfer none): where to put the text; it lives as long as the tree
 *
 * Reads a string. Characters are Unicode code points.
 *
 * Errors: `UPKEEP_WIRE_ERROR_MEMBER` when it is missing, `null` or no string,
 * `UPKEEP_WIRE_ERROR_VALUE` when it is too short or too long.
 *
 * Returns: whether @ret_text was written
 */
gboolean
upkeep_reader_string (
    UpkeepReader *self, const char *name, guint min_chars, guint max_chars, const char **ret_text)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (ret_text != NULL, FALSE);

  return read_string (self, name, TRUE, min_chars, max_chars, ret_text);
}

/**
 * upkeep_reader_optional_string:
 * @self: a reader
 * @name: (nullable): a member, or %NULL for the next element of an array
 * @min_chars: the fewest characters; 0 allows the empty string
 * @max_chars: the most characters
 * @ret_text: (out) (transfer none): where to put the text; it lives as long as the tree
 *
 * Reads a string that may be absent or `null`.
 *
 * Errors: as upkeep_reader_string().
 *
 * Returns: whether @ret_text was written
 */
gboolean
upkeep_reader_optional_string (
    UpkeepReader *self, const char *name, guint min_chars, guint max_chars, const char **ret_text)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (ret_text != NULL, FALSE);

  return read_string (self, name, FALSE, min_chars, max_chars, ret_text);
}

/**
 * upkeep_reader_id:
 * @self: a reader
 * @name: (nullable): a member, or %NULL for the next element of an array
 * @max_bytes: the most bytes
 * @ret_id: (out) (transfer none): where to put the id; it lives as long as the tree
 *
 * Reads an opaque id or a token: a string of at least one visible ASCII character, no space.
 *
 * Errors: as upkeep_reader_string(), and `UPKEEP_WIRE_ERROR_VALUE` for any other character.
 *
 * Returns: whether @ret_id was written
 */
gboolean
upkeep_reader_id (UpkeepReader *self, const char *name, guint max_bytes, const char **ret_id)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (ret_id != NULL, FALSE);

  return read_id (self, name, TRUE, max_bytes, ret_id);
}

/**
 * upkeep_reader_optional_id:
 * @self: a reader
 * @name: (nullable): a member, or %NULL for the next element of an array
 * @max_bytes: the most bytes
 * @ret_id: (out) (transfer none): where to put the id; it lives as long as the tree
 *
 * Reads an opaque id that may be absent or `null`.
 *
 * Errors: as upkeep_reader_id().
 *
 * Returns: whether @ret_id was written
 */
gboolean
upkeep_reader_optional_id (UpkeepReader *self,
                           const char *name,
                           guint max_bytes,
                           const char **ret_id)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (ret_id != NULL, FALSE);

  return read_id (self, name, FALSE, max_bytes, ret_id);
}

/**
 * upkeep_reader_int:
 * @self: a reader
 * @name: (nullable): a member, or %NULL for the next element of an array
 * @min: the least value
 * @max: the greatest value
 * @ret_value: (out): where to put the integer
 *
 * Reads an integer.
 *
 * Errors: `UPKEEP_WIRE_ERROR_MEMBER` when it is missing, `null` or no number,
 * `UPKEEP_WIRE_ERROR_VALUE` when it is not whole or outside the bounds.
 *
 * Returns: whether @ret_value was written
 */
gboolean
upkeep_reader_int (UpkeepReader *self, const char *name, gint64 min, gint64 max, gint64 *ret_value)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (ret_value != NULL, FALSE);

  return read_int (self, name, TRUE, min, max, ret_value);
}

/**
 * upkeep_reader_optional_int:
 * @self: a reader
 * @name: (nullable): a member, or %NULL for the next element of an array
 * @min: the least value
 * @max: the greatest value
 * @ret_value: (out): where to put the integer
 *
 * Reads an integer that may be absent or `null`.
 *
 * Errors: as upkeep_reader_int().
 *
 * Returns: whether @ret_value was written
 */
gboolean
upkeep_reader_optional_int (
    UpkeepReader *self, const char *name, gint64 min, gint64 max, gint64 *ret_value)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (ret_value != NULL, FALSE);

  return read_int (self, name, FALSE, min, max, ret_value);
}

/**
 * upkeep_reader_bool:
 * @self: a reader
 * @name: (nullable): a member, or %NULL for the next element of an array
 * @ret_value: (out): where to put the truth value
 *
 * Reads `true` or `false`.
 *
 * Errors: `UPKEEP_WIRE_ERROR_MEMBER` when it is missing, `null` or something else.
 *
 * Returns: whether @ret_value was written
 */
gboolean
upkeep_reader_bool (UpkeepReader *self, const char *name, gboolean *ret_value)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (ret_value != NULL, FALSE);

  return read_bool (self, name, TRUE, ret_value);
}

/**
 * upkeep_reader_optional_bool:
 * @self: a reader
 * @name: (nullable): a member, or %NULL for the next element of an array
 * @ret_value: (out): where to put the truth value
 *
 * Reads `true` or `false` that may be absent or `null`.
 *
 * Errors: as upkeep_reader_bool().
 *
 * Returns: whether @ret_value was written
 */
gboolean
upkeep_reader_optional_bool (UpkeepReader *self, const char *name, gboolean *ret_value)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (ret_value != NULL, FALSE);

  return read_bool (self, name, FALSE, ret_value);
}

/**
 * upkeep_reader_instant:
 * @self: a reader
 * @name: (nullable): a member, or %NULL for the next element of an array
 * @ret_s: (out): where to put the instant, in UTC seconds
 *
 * Reads an instant like `2026-05-10T00:00:00Z`.
 *
 * Errors: `UPKEEP_WIRE_ERROR_MEMBER` when it is missing, `null` or no string,
 * `UPKEEP_WIRE_ERROR_VALUE` when upkeep_instant_parse() refuses it.
 *
 * Returns: whether @ret_s was written
 */
gboolean
upkeep_reader_instant (UpkeepReader *self, const char *name, gint64 *ret_s)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (ret_s != NULL, FALSE);

  return read_instant (self, name, TRUE, ret_s);
}

/**
 * upkeep_reader_optional_instant:
 * @self: a reader
 * @name: (nullable): a member, or %NULL for the next element of an array
 * @ret_s: (out): where to put the instant, in UTC seconds
 *
 * Reads an instant that may be absent or `null`.
 *
 * Errors: as upkeep_reader_instant().
 *
 * Returns: whether @ret_s was written
 */
gboolean
upkeep_reader_optional_instant (UpkeepReader *self, const char *name, gint64 *ret_s)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (ret_s != NULL, FALSE);

  return read_instant (self, name, FALSE, ret_s);
}

/**
 * upkeep_reader_enum:
 * @self: a reader
 * @name: (nullable): a member, or %NULL for the next element of an array
 * @values: (array length=n_values): the allowed strings; a %NULL in it stands for no string
 * @n_values: how many there are
 * @ret_index: (out): where to put the index of the string
 *
 * Reads one of a few strings.
 *
 * Errors: `UPKEEP_WIRE_ERROR_MEMBER` when it is missing, `null` or no string,
 * `UPKEEP_WIRE_ERROR_VALUE` when it is none of @values.
 *
 * Returns: whether @ret_index was written
 */
gboolean
upkeep_reader_enum (UpkeepReader *self,
                    const char *name,
                    const char *const *values,
                    guint n_values,
                    guint *ret_index)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (ret_index != NULL, FALSE);

  return read_enum (self, name, TRUE, values, n_values, ret_index);
}

/**
 * upkeep_reader_optional_enum:
 * @self: a reader
 * @name: (nullable): a member, or %NULL for the next element of an array
 * @values: (array length=n_values): the allowed strings; a %NULL in it stands for no string
 * @n_values: how many there are
 * @ret_index: (out): where to put the index of the string
 *
 * Reads one of a few strings that may be absent or `null`.
 *
 * Errors: as upkeep_reader_enum().
 *
 * Returns: whether @ret_index was written
 */
gboolean
upkeep_reader_optional_enum (UpkeepReader *self,
                             const char *name,
                             const char *const *values,
                             guint n_values,
                             guint *ret_index)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (ret_index != NULL, FALSE);

  return read_enum (self, name, FALSE, values, n_values, ret_index);
}

/**
 * upkeep_reader_node:
 * @self: a reader
 * @name: (nullable): a member, or %NULL for the next element of an array
 * @ret_node: (out) (transfer none): where to put the value; it lives as long as the tree
 *
 * Reads a value of any type but `null`, to be kept or read by somebody else.
 *
 * Errors: `UPKEEP_WIRE_ERROR_MEMBER` when it is missing or `null`.
 *
 * Returns: whether @ret_node was written
 */
gboolean
upkeep_reader_node (UpkeepReader *self, const char *name, JsonNode **ret_node)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (ret_node != NULL, FALSE);

  return read_node (self, name, TRUE, ret_node);
}

/**
 * upkeep_reader_optional_node:
 * @self: a reader
 * @name: (nullable): a member, or %NULL for the next element of an array
 * @ret_node: (out) (transfer none): where to put the value; it lives as long as the tree
 *
 * Reads a value of any type that may be absent or `null`.
 *
 * Returns: whether @ret_node was written
 */
gboolean
upkeep_reader_optional_node (UpkeepReader *self, const char *name, JsonNode **ret_node)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (ret_node != NULL, FALSE);

  return read_node (self, name, FALSE, ret_node);
}

/**
 * upkeep_reader_object:
 * @self: a reader; must outlive @ret_child
 * @name: (nullable): a member, or %NULL for the next element of an array
 * @ret_child: (out caller-allocates): the reader of the object; always written
 *
 * Goes down into an object.
 *
 * Errors: `UPKEEP_WIRE_ERROR_MEMBER` when it is missing, `null` or no object.
 *
 * Returns: whether @ret_child is not empty
 */
gboolean
upkeep_reader_object (UpkeepReader *self, const char *name, UpkeepReader *ret_child)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (ret_child != NULL, FALSE);

  return read_object (self, name, TRUE, ret_child);
}

/**
 * upkeep_reader_optional_object:
 * @self: a reader; must outlive @ret_child
 * @name: (nullable): a member, or %NULL for the next element of an array
 * @ret_child: (out caller-allocates): the reader of the object; always written
 *
 * Goes down into an object that may be absent or `null`.
 *
 * Errors: as upkeep_reader_object().
 *
 * Returns: whether @ret_child is not empty
 */
gboolean
upkeep_reader_optional_object (UpkeepReader *self, const char *name, UpkeepReader *ret_child)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (ret_child != NULL, FALSE);

  return read_object (self, name, FALSE, ret_child);
}

/**
 * upkeep_reader_next_name:
 * @self: the reader of an object
 * @ret_name: (out) (transfer none): where to put the name; it lives as long as the tree
 *
 * Goes through an object whose member names are data (prices by interval, texts by language), in
 * the order of the document. From the first call on no member of it is unknown.
 *
 * Returns: whether there was another member
 */
gboolean
upkeep_reader_next_name (UpkeepReader *self, const char **ret_name)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (self->array == NULL, FALSE);
  g_return_val_if_fail (ret_name != NULL, FALSE);

  if (self->object == NULL)
    return FALSE;

  if (!self->is_iterating) {
    self->is_iterating = TRUE;
    self->knows_all = TRUE;
    json_object_iter_init_ordered (&self->iter, self->object);
  }
  return json_object_iter_next_ordered (&self->iter, ret_name, NULL);
}

/* People mistype; programs do not, and are told no more than they need. */
static void
fail_unknown (UpkeepReader *self, const char *name, const char *const *names, guint n_names)
{
  const char *nearest =
      self->root->mistakes != NULL ? upkeep_find_nearest (name, names, n_names) : NULL;

  if (nearest != NULL)
    fail (self, UPKEEP_WIRE_ERROR_UNKNOWN_MEMBER, name, "unknown member; perhaps %s is meant",
          nearest);
  else
    fail (self, UPKEEP_WIRE_ERROR_UNKNOWN_MEMBER, name, "unknown member");
}

/**
 * upkeep_reader_only:
 * @self: the reader of an object
 * @names: (array length=n_names): all the members it may have
 * @n_names: how many there are
 *
 * Refuses members of other names, now. upkeep_reader_finish() does so at the end; this is for
 * callers who treat an unknown member otherwise than a bad value and must learn of it first.
 *
 * Errors: `UPKEEP_WIRE_ERROR_UNKNOWN_MEMBER`.
 *
 * Returns: whether there was no error so far
 */
gboolean
upkeep_reader_only (UpkeepReader *self, const char *const *names, guint n_names)
{
  JsonObjectIter iter;
  const char *name;
  gboolean is_well = TRUE;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (self->array == NULL, FALSE);

  if (self->object == NULL || self->root->failed)
    return !self->root->failed;

  json_object_iter_init_ordered (&iter, self->object);
  while (json_object_iter_next_ordered (&iter, &name, NULL)) {
    if (is_among (name, names, n_names))
      continue;
    fail_unknown (self, name, names, n_names);
    is_well = FALSE;
    if (self->root->failed)
      break;
  }
  return is_well;
}

/**
 * upkeep_reader_array:
 * @self: a reader; must outlive @ret_child
 * @name: (nullable): a member, or %NULL for the next element of an array
 * @min_length: the fewest elements
 * @max_length: the most elements
 * @ret_child: (out caller-allocates): the reader of the array; always written
 *
 * Goes down into an array.
 *
 * Errors: `UPKEEP_WIRE_ERROR_MEMBER` when it is missing, `null` or no array,
 * `UPKEEP_WIRE_ERROR_VALUE` when it is too short or too long.
 *
 * Returns: whether @ret_child is not empty, that is: of an array, be it one of no elements
 */
gboolean
upkeep_reader_array (UpkeepReader *self,
                     const char *name,
                     guint min_length,
                     guint max_length,
                     UpkeepReader *ret_child)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (ret_child != NULL, FALSE);

  return read_array (self, name, TRUE, min_length, max_length, ret_child);
}

/**
 * upkeep_reader_optional_array:
 * @self: a reader; must outlive @ret_child
 * @name: (nullable): a member, or %NULL for the next element of an array
 * @min_length: the fewest elements
 * @max_length: the most elements
 * @ret_child: (out caller-allocates): the reader of the array; always written
 *
 * Goes down into an array that may be absent or `null`.
 *
 * Errors: as upkeep_reader_array().
 *
 * Returns: whether @ret_child is not empty, that is: of an array, be it one of no elements
 */
gboolean
upkeep_reader_optional_array (UpkeepReader *self,
                              const char *name,
                              guint min_length,
                              guint max_length,
                              UpkeepReader *ret_child)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (ret_child != NULL, FALSE);

  return read_array (self, name, FALSE, min_length, max_length, ret_child);
}

/**
 * upkeep_reader_get_length:
 * @self: the reader of an array or of an object, or an empty one
 *
 * Counts the elements of an array or the members of an object.
 *
 * Returns: how many there are; 0 in an empty reader
 */
guint
upkeep_reader_get_length (const UpkeepReader *self)
{
  g_return_val_if_fail (self != NULL, 0);

  if (self->array != NULL)
    return json_array_get_length (self->array);
  return self->object != NULL ? json_object_get_size (self->object) : 0;
}

/**
 * upkeep_reader_has_next:
 * @self: the reader of an array, or an empty one
 *
 * Tells whether an element is left. An error does not stop it: the reads then only pass by.
 *
 * Returns: whether there is another element
 */
gboolean
upkeep_reader_has_next (const UpkeepReader *self)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (self->object == NULL, FALSE);

  return self->array != NULL && self->n_taken < json_array_get_length (self->array);
}

/**
 * upkeep_reader_forgive:
 * @self: the reader of an object
 *
 * Takes all further members for known ones, where which are known cannot be told any more.
 */
void
upkeep_reader_forgive (UpkeepReader *self)
{
  g_return_if_fail (self != NULL);

  self->knows_all = TRUE;
}

/**
 * upkeep_reader_refuse:
 * @self: the reader of an object
 * @name: a member that it cannot have
 * @reason: why not, in English
 *
 * Refuses a member that people may think of by more than being unknown.
 *
 * Errors: `UPKEEP_WIRE_ERROR_UNKNOWN_MEMBER`.
 */
void
upkeep_reader_refuse (UpkeepReader *self, const char *name, const char *reason)
{
  g_return_if_fail (self != NULL && name != NULL && reason != NULL);
  g_return_if_fail (self->array == NULL);

  if (self->object == NULL || !json_object_has_member (self->object, name))
    return;

  remember_name (self, name);
  fail (self, UPKEEP_WIRE_ERROR_UNKNOWN_MEMBER, name, "%s", reason);
}

/**
 * upkeep_reader_catch:
 * @self: a reader
 * @error: return location for a `UPKEEP_WIRE_ERROR`, written at the next error
 *
 * Keeps errors of this reader, and of those made from it afterwards, apart from its parent's.
 *
 * For lists of which one bad element is turned down alone: called before each element with an error
 * of its own. The parent then does not learn of the error.
 */
void
upkeep_reader_catch (UpkeepReader *self, GError **error)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (error == NULL || *error == NULL);

  self->root = self;
  self->error = error;
  self->failed = FALSE;
  self->mistakes = NULL;
}

/**
 * upkeep_reader_fail:
 * @self: a reader
 * @name: (nullable): the member at fault; %NULL for the object, or the element that was taken last
 * @format: what is wrong with it, for `printf()`, in English
 * @...: arguments of @format
 *
 * Makes a check of the caller's own an error with a path, as if the reader had found it.
 *
 * Errors: `UPKEEP_WIRE_ERROR_VALUE`.
 */
void
upkeep_reader_fail (UpkeepReader *self, const char *name, const char *format, ...)
{
  va_list args;

  g_return_if_fail (self != NULL);
  g_return_if_fail (format != NULL);

  va_start (args, format);
  fail_valist (self, UPKEEP_WIRE_ERROR_VALUE, name, format, args);
  va_end (args);
}
