/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-json.h"

#include <string.h>

/* An open container and where in the document the name of its member in work stands. */
typedef struct {
  JsonObject *object; /* (nullable): belongs to the tree; the other is set when it is NULL */
  JsonArray *array;   /* (nullable): belongs to the tree */
  gsize name_start;   /* in an object */
  gsize name_length;
} Container;

struct _UpkeepJsonPlaces {
  GBytes *bytes;       /* (owned): the document */
  GHashTable *offsets; /* (owned) (element-type gpointer gsize): of nodes, objects and arrays */
  gsize error_at;      /* where the scan ended early */
};

typedef struct {
  const char *data; /* not terminated */
  gsize size;
  gsize pos;

  JsonNode
      *root; /* (owned) (nullable): what stands so far; each container is put in when it opens */
  Container stack[UPKEEP_JSON_DEPTH_MAX];
  guint depth;
  guint n_nodes;

  GString *name;        /* (owned): of the member in work */
  GString *text;        /* (owned): of the string in work */
  GError *error;        /* (owned) (nullable): why the scan ended */
  GError *number_error; /* (owned) (nullable): of the first number that is no integer */

  UpkeepJsonPlaces *places; /* (nullable): where to note where values stand */
} Scanner;

/* What may come next. */
typedef enum {
  EXPECT_VALUE,
  EXPECT_VALUE_OR_CLOSE,
  EXPECT_NAME,
  EXPECT_NAME_OR_CLOSE,
  EXPECT_COMMA_OR_CLOSE,
  EXPECT_END,
} Expect;

static gboolean G_GNUC_PRINTF (3, 4) fail_at (Scanner *self, gsize pos, const char *format, ...)
{
  g_autofree char *reason = NULL;
  va_list args;

  va_start (args, format);
  reason = g_strdup_vprintf (format, args);
  va_end (args);

  g_assert (self->error == NULL);
  self->error = g_error_new (UPKEEP_WIRE_ERROR, UPKEEP_WIRE_ERROR_SYNTAX,
                             "byte %" G_GSIZE_FORMAT ": %s", pos, reason);
  if (self->places != NULL)
    self->places->error_at = pos;
  return FALSE;
}

/* The byte at the reading place plus @offset, or -1 behind the end. */
static int
peek (const Scanner *self, gsize offset)
{
  return offset < self->size - self->pos ? (guchar) self->data[self->pos + offset] : -1;
}

static void
skip_space (Scanner *self)
{
  int c = peek (self, 0);

  while (c == ' ' || c == '\t' || c == '\n' || c == '\r') {
    self->pos++;
    c = peek (self, 0);
  }
}

static Expect
expect_after_value (const Scanner *self)
{
  return self->depth > 0 ? EXPECT_COMMA_OR_CLOSE : EXPECT_END;
}

/* Reads four hexadecimal digits after `\u`. */
static gboolean
scan_code_unit (Scanner *self, gunichar *ret_unit)
{
  gunichar unit = 0;

  for (guint i = 0; i < 4; i++) {
    int c = peek (self, 0);

    if (c < 0 || !g_ascii_isxdigit ((char) c))
      return fail_at (self, self->pos, "four hexadecimal digits expected");
    unit = unit * 16 + (gunichar) g_ascii_xdigit_value ((char) c);
    self->pos++;
  }

  *ret_unit = unit;
  return TRUE;
}

/* Reads an escape; the reading place is behind its backslash. */
static gboolean
scan_escape (Scanner *self, GString *text)
{
  gsize start = self->pos - 1;
  gunichar unit, low;
  int c = peek (self, 0);

  self->pos++;
  switch (c) {
  case '"':
  case '\\':
  case '/':
    g_string_append_c (text, (char) c);
    return TRUE;
  case 'b':
    g_string_append_c (text, '\b');
    return TRUE;
  case 'f':
    g_string_append_c (text, '\f');
    return TRUE;
  case 'n':
    g_string_append_c (text, '\n');
    return TRUE;
  case 'r':
    g_string_append_c (text, '\r');
    return TRUE;
  case 't':
    g_string_append_c (text, '\t');
    return TRUE;
  case 'u':
    break;
  default:
    return fail_at (self, start, "unknown escape");
  }

  if (!scan_code_unit (self, &unit))
    return FALSE;
  if (unit == 0)
    return fail_at (self, start, "U+0000 is not allowed");
  if (unit >= 0xDC00 && unit <= 0xDFFF)
    return fail_at (self, start, "lone surrogate");
  if (unit >= 0xD800 && unit <= 0xDBFF) {
    if (peek (self, 0) != '\\' || peek (self, 1) != 'u')
      return fail_at (self, start, "lone surrogate");
    self->pos += 2;
    if (!scan_code_unit (self, &low))
      return FALSE;
    if (low < 0xDC00 || low > 0xDFFF)
      return fail_at (self, start, "lone surrogate");
    unit = 0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00);
  }

  g_string_append_unichar (text, unit);
  return TRUE;
}

/* Reads a string into @text; the reading place is at its opening quote. */
static gboolean
scan_string (Scanner *self, GString *text)
{
  gsize start = self->pos;

  g_string_truncate (text, 0);
  self->pos++;
  for (;;) {
    const char *run = self->data + self->pos;
    gsize run_length = 0;
    const char *run_end;
    int c = peek (self, 0);

    while (c >= 0x20 && c != '"' && c != '\\')
      c = peek (self, ++run_length);

    /* A run ends before an ASCII byte, so no character is cut in two. This refuses overlong forms,
     * surrogates and what lies beyond U+10FFFF. */
    if (!g_utf8_validate_len (run, run_length, &run_end))
      return fail_at (self, self->pos + (gsize) (run_end - run), "not UTF-8");
    g_string_append_len (text, run, (gssize) run_length);
    self->pos += run_length;

    if (c < 0)
      return fail_at (self, start, "a string without an end");
    if (c < 0x20)
      return fail_at (self, self->pos, "a control character in a string");

    self->pos++;
    if (c == '"')
      return TRUE;
    if (!scan_escape (self, text))
      return FALSE;
  }
}

/* Remembers the first number that is no integer, by the member's path. The document may still turn
 * out not to be JSON at all, which is then the error. */
static void
set_number_error (Scanner *self)
{
  g_autoptr (GString) path = NULL;

  if (self->number_error != NULL)
    return;

  path = g_string_new (NULL);
  for (guint i = 0; i < self->depth; i++) {
    const Container *container = &self->stack[i];

    if (container->object != NULL) {
      g_autofree char *name =
          g_strndup (self->data + container->name_start, container->name_length);

      upkeep_wire_error_append_name (path, name);
    } else {
      /* Containers are in their arrays already, the number is not. */
      guint length = json_array_get_length (container->array);

      g_string_append_printf (path, "[%u]", i + 1 < self->depth ? length - 1 : length);
    }
  }
  if (path->len > 0)
    g_string_append (path, ": ");
  self->number_error = g_error_new (UPKEEP_WIRE_ERROR, UPKEEP_WIRE_ERROR_VALUE,
                                    "%snot an integer of 64 bits", path->str);
}

static gboolean
is_digit (int c)
{
  return c >= '0' && c <= '9';
}

/* Reads one digit or more. */
static gboolean
scan_digits (Scanner *self)
{
  if (!is_digit (peek (self, 0)))
    return fail_at (self, self->pos, "a digit expected");

  while (is_digit (peek (self, 0)))
    self->pos++;
  return TRUE;
}

static gboolean
scan_number (Scanner *self, JsonNode *node)
{
  gsize start = self->pos;
  gboolean is_negative = peek (self, 0) == '-';
  gboolean is_integer = TRUE;
  gint64 value = 0; /* built below zero, where there is room for one more */

  if (is_negative)
    self->pos++;
  if (peek (self, 0) == '0' && is_digit (peek (self, 1)))
    return fail_at (self, self->pos, "a leading zero");
  for (gsize i = 0; is_digit (peek (self, i)); i++) {
    int digit = peek (self, i) - '0';

    if (__builtin_mul_overflow (value, 10, &value) || __builtin_sub_overflow (value, digit, &value))
      is_integer = FALSE;
  }
  if (!scan_digits (self))
    return FALSE;
  if (is_negative ? value == 0 : value == G_MININT64)
    is_integer = FALSE;

  if (peek (self, 0) == '.') {
    is_integer = FALSE;
    self->pos++;
    if (!scan_digits (self))
      return FALSE;
  }
  if (peek (self, 0) == 'e' || peek (self, 0) == 'E') {
    is_integer = FALSE;
    self->pos++;
    if (peek (self, 0) == '+' || peek (self, 0) == '-')
      self->pos++;
    if (!scan_digits (self))
      return FALSE;
  }

  if (is_integer) {
    json_node_init_int (node, is_negative ? value : -value);
  } else {
    g_autofree char *number = g_strndup (self->data + start, self->pos - start);

    json_node_init_double (node, g_ascii_strtod (number, NULL));
    set_number_error (self);
  }
  return TRUE;
}

/* Puts @node where the next value belongs. */
static void
add_node (Scanner *self, JsonNode *node)
{
  Container *top = self->depth > 0 ? &self->stack[self->depth - 1] : NULL;

  if (top == NULL)
    self->root = node;
  else if (top->object != NULL)
    json_object_set_member (top->object, self->name->str, node);
  else
    json_array_add_element (top->array, node);
}

/* Opens a container; the reading place is at its bracket. */
static gboolean
open_container (Scanner *self, JsonNode *node, gboolean is_object)
{
  Container container = {NULL};

  if (self->depth == UPKEEP_JSON_DEPTH_MAX)
    return fail_at (self, self->pos, "more than %d levels", UPKEEP_JSON_DEPTH_MAX);

  if (is_object) {
    container.object = json_object_new ();
    json_node_init_object (node, container.object);
    json_object_unref (container.object);
  } else {
    container.array = json_array_new ();
    json_node_init_array (node, container.array);
    json_array_unref (container.array);
  }
  self->pos++;
  self->stack[self->depth] = container;
  return TRUE;
}

static gboolean
scan_literal (Scanner *self, const char *literal)
{
  gsize length = strlen (literal);

  if (length > self->size - self->pos || memcmp (self->data + self->pos, literal, length) != 0)
    return fail_at (self, self->pos, "a value expected");

  self->pos += length;
  return TRUE;
}

/* A node and the container in it stand at one place: readers know now one, now the other. */
static void
note_place (Scanner *self, JsonNode *node, gsize pos)
{
  if (self->places == NULL)
    return;

  g_hash_table_insert (self->places->offsets, node, GSIZE_TO_POINTER (pos));
  if (JSON_NODE_HOLDS_OBJECT (node))
    g_hash_table_insert (self->places->offsets, json_node_get_object (node),
                         GSIZE_TO_POINTER (pos));
  else if (JSON_NODE_HOLDS_ARRAY (node))
    g_hash_table_insert (self->places->offsets, json_node_get_array (node), GSIZE_TO_POINTER (pos));
}

/* Reads a value, of a container only its opening bracket, and says what may follow. */
static gboolean
scan_value (Scanner *self, Expect *ret_expect)
{
  g_autoptr (JsonNode) node = json_node_alloc ();
  gsize start = self->pos;
  int c = peek (self, 0);
  gboolean opens = c == '{' || c == '[';

  if (self->n_nodes == UPKEEP_JSON_NODES_MAX)
    return fail_at (self, self->pos, "more than %d values", UPKEEP_JSON_NODES_MAX);
  self->n_nodes++;

  if (opens) {
    if (!open_container (self, node, c == '{'))
      return FALSE;
  } else if (c == '"') {
    if (!scan_string (self, self->text))
      return FALSE;
    json_node_init_string (node, self->text->str);
  } else if (c == '-' || is_digit (c)) {
    if (!scan_number (self, node))
      return FALSE;
  } else if (c == 't' || c == 'f') {
    if (!scan_literal (self, c == 't' ? "true" : "false"))
      return FALSE;
    json_node_init_boolean (node, c == 't');
  } else {
    if (!scan_literal (self, "null"))
      return FALSE;
    json_node_init_null (node);
  }

  note_place (self, node, start);
  add_node (self, g_steal_pointer (&node));
  if (opens) {
    self->depth++;
    *ret_expect = c == '{' ? EXPECT_NAME_OR_CLOSE : EXPECT_VALUE_OR_CLOSE;
  } else {
    *ret_expect = expect_after_value (self);
  }
  return TRUE;
}

/* Reads a member's name and its colon. */
static gboolean
scan_name (Scanner *self)
{
  Container *top = &self->stack[self->depth - 1];
  gsize start = self->pos;

  if (peek (self, 0) != '"')
    return fail_at (self, start, "a member name expected");
  if (json_object_get_size (top->object) == UPKEEP_JSON_MEMBERS_MAX)
    return fail_at (self, start, "more than %d members", UPKEEP_JSON_MEMBERS_MAX);
  if (!scan_string (self, self->name))
    return FALSE;
  if (json_object_has_member (top->object, self->name->str))
    return fail_at (self, start, "a second member of the same name");

  top->name_start = start + 1;
  top->name_length = self->pos - 1 - top->name_start;
  skip_space (self);
  if (peek (self, 0) != ':')
    return fail_at (self, self->pos, "a colon expected");
  self->pos++;
  return TRUE;
}

static gboolean
scan_document (Scanner *self)
{
  Expect expect = EXPECT_VALUE;

  if (peek (self, 0) == 0xEF && peek (self, 1) == 0xBB && peek (self, 2) == 0xBF)
    return fail_at (self, 0, "a byte order mark");

  for (;;) {
    const Container *top = self->depth > 0 ? &self->stack[self->depth - 1] : NULL;
    int c;

    skip_space (self);
    c = peek (self, 0);
    if (c < 0) {
      return expect == EXPECT_END ||
             fail_at (self, self->pos, self->root == NULL ? "empty" : "ends too early");
    }

    if ((c == '}' && (expect == EXPECT_NAME_OR_CLOSE ||
                      (expect == EXPECT_COMMA_OR_CLOSE && top->object != NULL))) ||
        (c == ']' && (expect == EXPECT_VALUE_OR_CLOSE ||
                      (expect == EXPECT_COMMA_OR_CLOSE && top->array != NULL)))) {
      self->pos++;
      self->depth--;
      expect = expect_after_value (self);
      continue;
    }

    switch (expect) {
    case EXPECT_VALUE:
    case EXPECT_VALUE_OR_CLOSE:
      if (!scan_value (self, &expect))
        return FALSE;
      break;
    case EXPECT_NAME:
    case EXPECT_NAME_OR_CLOSE:
      if (!scan_name (self))
        return FALSE;
      expect = EXPECT_VALUE;
      break;
    case EXPECT_COMMA_OR_CLOSE:
      if (c != ',')
        return fail_at (self, self->pos, "a comma or a closing bracket expected");
      self->pos++;
      expect = top->object != NULL ? EXPECT_NAME : EXPECT_VALUE;
      break;
    case EXPECT_END:
    default:
      return fail_at (self, self->pos, "something after the value");
    }
  }
}

/**
 * upkeep_json_parse:
 * @bytes: what came from outside
 * @max_bytes: the most bytes that the caller allows
 * @error: return location for a `UPKEEP_WIRE_ERROR`
 *
 * Reads one JSON value (RFC 8259) whose numbers are integers of 64 bits.
 *
 * Everything from outside comes in through here or through upkeep_json_parse_full(). It is stricter
 * than JSON where two readers of one text could take it for different things: a name stands once in
 * an object, there is no U+0000, no lone surrogate and no byte order mark.
 *
 * Errors: `UPKEEP_WIRE_ERROR_SIZE` when there are more than @max_bytes; `UPKEEP_WIRE_ERROR_SYNTAX`,
 * with the offset of the byte, when it is not such a value or exceeds a bound of the header;
 * `UPKEEP_WIRE_ERROR_VALUE`, with the member's path, when all is well but for a number that is no
 * integer of 64 bits.
 *
 * Returns: (transfer full): the value, or %NULL with @error set
 */
JsonNode *
upkeep_json_parse (GBytes *bytes, gsize max_bytes, GError **error)
{
  return upkeep_json_parse_full (bytes, max_bytes, UPKEEP_JSON_NUMBERS_INTEGERS, error);
}

/**
 * upkeep_json_parse_full:
 * @bytes: what came from outside
 * @max_bytes: the most bytes that the caller allows
 * @numbers: what to do with numbers that are no integers of 64 bits
 * @error: return location for a `UPKEEP_WIRE_ERROR`
 *
 * Reads one JSON value as upkeep_json_parse() does.
 *
 * With `UPKEEP_JSON_NUMBERS_MARKED` one bad number in a batch leaves the rest readable. Read such a
 * tree through #UpkeepReader only: `json_node_get_int()` would round the number.
 *
 * Errors: as upkeep_json_parse(), without `UPKEEP_WIRE_ERROR_VALUE` when numbers are marked.
 *
 * Returns: (transfer full): the value, or %NULL with @error set
 */
JsonNode *
upkeep_json_parse_full (GBytes *bytes, gsize max_bytes, UpkeepJsonNumbers numbers, GError **error)
{
  return upkeep_json_parse_placed (bytes, max_bytes, numbers, NULL, error);
}

static UpkeepJsonPlaces *
places_new (GBytes *bytes)
{
  UpkeepJsonPlaces *self = g_new0 (UpkeepJsonPlaces, 1);

  self->bytes = g_bytes_ref (bytes);
  self->offsets = g_hash_table_new (NULL, NULL);
  return self;
}

/**
 * upkeep_json_parse_placed:
 * @bytes: what came from outside
 * @max_bytes: the most bytes that the caller allows
 * @numbers: what to do with numbers that are no integers of 64 bits
 * @ret_places: (out) (optional) (transfer full): where to put where the values stand; written on an
 *   error, too
 * @error: return location for a `UPKEEP_WIRE_ERROR`
 *
 * Reads one JSON value as upkeep_json_parse_full() does, and notes the place of each value, for
 * documents that people write and want to be told the line.
 *
 * Errors: as upkeep_json_parse_full().
 *
 * Returns: (transfer full): the value, or %NULL with @error set
 */
JsonNode *
upkeep_json_parse_placed (GBytes *bytes,
                          gsize max_bytes,
                          UpkeepJsonNumbers numbers,
                          UpkeepJsonPlaces **ret_places,
                          GError **error)
{
  g_autoptr (GString) name = NULL;
  g_autoptr (GString) text = NULL;
  g_autoptr (JsonNode) root = NULL;
  g_autoptr (GError) number_error = NULL;
  Scanner self = {NULL};

  g_return_val_if_fail (bytes != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  if (ret_places != NULL)
    self.places = *ret_places = places_new (bytes);
  if (g_bytes_get_size (bytes) > max_bytes) {
    g_set_error (error, UPKEEP_WIRE_ERROR, UPKEEP_WIRE_ERROR_SIZE,
                 "%" G_GSIZE_FORMAT " bytes, where %" G_GSIZE_FORMAT " are allowed",
                 g_bytes_get_size (bytes), max_bytes);
    return NULL;
  }

  name = g_string_new (NULL);
  text = g_string_new (NULL);
  self.data = g_bytes_get_data (bytes, &self.size);
  self.name = name;
  self.text = text;
  scan_document (&self);
  root = self.root;
  number_error = self.number_error;

  if (self.error != NULL) {
    g_propagate_error (error, self.error);
    return NULL;
  }
  if (number_error != NULL && numbers == UPKEEP_JSON_NUMBERS_INTEGERS) {
    g_propagate_error (error, g_steal_pointer (&number_error));
    return NULL;
  }
  return g_steal_pointer (&root);
}

/**
 * upkeep_json_places_free:
 * @self: (nullable): places
 *
 * Frees places.
 */
void
upkeep_json_places_free (UpkeepJsonPlaces *self)
{
  if (self == NULL)
    return;

  g_hash_table_unref (self->offsets);
  g_bytes_unref (self->bytes);
  g_free (self);
}

static guint
count_lines (const UpkeepJsonPlaces *self, gsize offset)
{
  gsize size;
  const char *data = g_bytes_get_data (self->bytes, &size);
  guint line = 1;

  for (gsize i = 0; i < MIN (offset, size); i++)
    line += data[i] == '\n' ? 1 : 0;
  return line;
}

/**
 * upkeep_json_places_get_line:
 * @self: (nullable): places
 * @value: (nullable): a node of the document, or the object or array of one
 *
 * Tells on which line of the document a value begins.
 *
 * Returns: the line, from 1; 0 when it is not known
 */
guint
upkeep_json_places_get_line (const UpkeepJsonPlaces *self, gconstpointer value)
{
  gpointer offset;

  if (self == NULL || value == NULL ||
      !g_hash_table_lookup_extended (self->offsets, value, NULL, &offset))
    return 0;

  return count_lines (self, GPOINTER_TO_SIZE (offset));
}

/**
 * upkeep_json_places_get_error_line:
 * @self: (nullable): places
 *
 * Tells on which line the scanner gave up.
 *
 * Returns: the line, from 1; 0 when it is not known
 */
guint
upkeep_json_places_get_error_line (const UpkeepJsonPlaces *self)
{
  return self != NULL ? count_lines (self, self->error_at) : 0;
}

static void
write_string (GString *out, const char *string)
{
  g_autofree char *valid = NULL;
  const char *run;

  /* What the tree holds came through the scanner, from a database or from our own code; the writer
   * does not depend on it. */
  if (!g_utf8_validate (string, -1, NULL))
    string = valid = g_utf8_make_valid (string, -1);

  g_string_append_c (out, '"');
  run = string;
  for (const char *p = string; *p != '\0'; p++) {
    guchar c = (guchar) *p;
    gboolean is_separator =
        c == 0xE2 && (guchar) p[1] == 0x80 && ((guchar) p[2] == 0xA8 || (guchar) p[2] == 0xA9);

    if (c >= 0x20 && c != '"' && c != '\\' && c != '<' && !is_separator)
      continue;

    g_string_append_len (out, run, p - run);
    if (is_separator) {
      g_string_append (out, (guchar) p[2] == 0xA8 ? "\\u2028" : "\\u2029");
      p += 2;
    } else if (c == '"' || c == '\\') {
      g_string_append_c (out, '\\');
      g_string_append_c (out, (char) c);
    } else if (c == '\n') {
      g_string_append (out, "\\n");
    } else {
      g_string_append_printf (out, "\\u%04x", c);
    }
    run = p + 1;
  }
  g_string_append (out, run);
  g_string_append_c (out, '"');
}

/* Writes a number that is no integer, from a tree with such numbers marked. */
static void
write_marked_number (GString *out, double value)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];

  if (value > G_MAXDOUBLE || value < -G_MAXDOUBLE)
    g_string_append (out, value > 0 ? "1e999" : "-1e999");
  else
    g_string_append (out, g_ascii_dtostr (text, sizeof text, value));
}

static void
write_value (GString *out, JsonNode *node)
{
  GType type = json_node_get_value_type (node);

  if (type == G_TYPE_STRING) {
    write_string (out, json_node_get_string (node));
  } else if (type == G_TYPE_BOOLEAN) {
    g_string_append (out, json_node_get_boolean (node) ? "true" : "false");
  } else if (type == G_TYPE_INT64) {
    g_string_append_printf (out, "%" G_GINT64_FORMAT, json_node_get_int (node));
  } else {
    g_assert (type == G_TYPE_DOUBLE);
    write_marked_number (out, json_node_get_double (node));
  }
}

static void write_node (GString *out, JsonNode *node, gboolean is_sorted, guint depth);

static void
write_member (GString *out,
              const char *name,
              JsonNode *node,
              gboolean is_sorted,
              gboolean is_first,
              guint depth)
{
  if (!is_first)
    g_string_append_c (out, ',');
  write_string (out, name);
  g_string_append_c (out, ':');
  write_node (out, node, is_sorted, depth);
}

static void
write_sorted (GString *out, JsonObject *object, guint depth)
{
  g_autoptr (GList) names = g_list_sort (json_object_get_members (object), (GCompareFunc) strcmp);

  for (GList *l = names; l != NULL; l = l->next)
    write_member (out, l->data, json_object_get_member (object, l->data), TRUE, l == names, depth);
}

/* In the order they were set. */
static void
write_ordered (GString *out, JsonObject *object, guint depth)
{
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;
  gboolean is_first = TRUE;

  json_object_iter_init_ordered (&iter, object);
  while (json_object_iter_next_ordered (&iter, &name, &node)) {
    write_member (out, name, node, FALSE, is_first, depth);
    is_first = FALSE;
  }
}

static void
write_node (GString *out, JsonNode *node, gboolean is_sorted, guint depth)
{
  JsonNodeType type = json_node_get_node_type (node);

  /* What we write can be read by the scanner. */
  g_assert (depth < UPKEEP_JSON_DEPTH_MAX || JSON_NODE_HOLDS_VALUE (node) ||
            JSON_NODE_HOLDS_NULL (node));

  if (type == JSON_NODE_OBJECT) {
    g_string_append_c (out, '{');
    if (is_sorted)
      write_sorted (out, json_node_get_object (node), depth + 1);
    else
      write_ordered (out, json_node_get_object (node), depth + 1);
    g_string_append_c (out, '}');
  } else if (type == JSON_NODE_ARRAY) {
    JsonArray *array = json_node_get_array (node);
    guint length = json_array_get_length (array);

    g_string_append_c (out, '[');
    for (guint i = 0; i < length; i++) {
      if (i > 0)
        g_string_append_c (out, ',');
      write_node (out, json_array_get_element (array, i), is_sorted, depth + 1);
    }
    g_string_append_c (out, ']');
  } else if (type == JSON_NODE_VALUE) {
    write_value (out, node);
  } else {
    g_string_append (out, "null");
  }
}

/**
 * upkeep_json_print:
 * @node: a value of strings, integers, truth values, nulls, objects and arrays, nested at most
 *   `UPKEEP_JSON_DEPTH_MAX` deep
 *
 * Writes a value without white space, members in the order they were set, as UTF-8 that can also
 * stand inside HTML and JavaScript: `<`, U+2028 and U+2029 are escaped.
 *
 * Returns: (transfer full): the text; not terminated
 */
GBytes *
upkeep_json_print (JsonNode *node)
{
  GString *out;

  g_return_val_if_fail (node != NULL, NULL);

  out = g_string_new (NULL);
  write_node (out, node, FALSE, 0);
  return g_string_free_to_bytes (out);
}

/**
 * upkeep_json_canonical:
 * @node: a value as for upkeep_json_print()
 *
 * Writes a value so that equal JSON values give equal texts: members sorted, no white space. This
 * is what "the same body" of an idempotency key means.
 *
 * Returns: (transfer full): the text
 */
char *
upkeep_json_canonical (JsonNode *node)
{
  GString *out;

  g_return_val_if_fail (node != NULL, NULL);

  out = g_string_new (NULL);
  write_node (out, node, TRUE, 0);
  return g_string_free (out, FALSE);
}
