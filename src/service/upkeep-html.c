/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-html.h"

#include <stdarg.h>
#include <string.h>

struct _UpkeepHtml {
  GString *text;   /* (owned) */
  GPtrArray *open; /* (owned) (element-type utf8): elements that are not closed yet, innermost last;
                      literals */
};

/* Elements that have nothing inside and no end. */
static const char *const void_elements[] = {"br", "hr", "input", "link", "meta", NULL};

/* Attributes whose value is an address. */
static const char *const address_attributes[] = {"action", "href", NULL};

static gboolean
is_name (const char *name)
{
  for (const char *c = name; *c != '\0'; c++) {
    if (!g_ascii_islower (*c) && !g_ascii_isdigit (*c) && (*c != '-' || c == name))
      return FALSE;
  }
  return name[0] != '\0';
}

/* A path of this service, a page elsewhere that is safe on its way, or somebody to write to. */
static gboolean
is_address (const char *value)
{
  return (value[0] == '/' && value[1] != '/' && value[1] != '\\') ||
         g_str_has_prefix (value, "https://") || g_str_has_prefix (value, "mailto:");
}

/* Writes text so that it means itself between tags and between double quotes. What no page may have
 * is left out or replaced. */
static void
append_escaped (GString *out, const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);

  for (const char *c = valid; *c != '\0'; c++) {
    switch (*c) {
    case '&':
      g_string_append (out, "&amp;");
      break;
    case '<':
      g_string_append (out, "&lt;");
      break;
    case '>':
      g_string_append (out, "&gt;");
      break;
    case '"':
      g_string_append (out, "&quot;");
      break;
    case '\'':
      g_string_append (out, "&#39;");
      break;
    default:
      if (!g_ascii_iscntrl (*c) || *c == '\n' || *c == '\t')
        g_string_append_c (out, *c);
    }
  }
}

/* Writes a tag with the attributes that follow: names and values in turn, up to a `NULL` name. */
static void
append_tag (UpkeepHtml *self, const char *element, va_list attributes)
{
  const char *name;

  g_string_append_c (self->text, '<');
  g_string_append (self->text, element);
  while ((name = va_arg (attributes, const char *)) != NULL) {
    const char *value = va_arg (attributes, const char *);

    if (!is_name (name) || value == NULL ||
        (g_strv_contains (address_attributes, name) && !is_address (value))) {
      g_critical ("<%s %s>: this is no attribute for a page", element, name);
      continue;
    }
    g_string_append_printf (self->text, " %s=\"", name);
    append_escaped (self->text, value);
    g_string_append_c (self->text, '"');
  }
  g_string_append_c (self->text, '>');
  if (!g_strv_contains (void_elements, element))
    g_ptr_array_add (self->open, (gpointer) element);
}

/**
 * upkeep_html_new:
 * @language: of the page, a BCP 47 tag
 *
 * Begins a page; its `html` element is open.
 *
 * Returns: (transfer full): the page
 */
UpkeepHtml *
upkeep_html_new (const char *language)
{
  UpkeepHtml *self;

  g_return_val_if_fail (language != NULL, NULL);

  self = g_new0 (UpkeepHtml, 1);
  self->text = g_string_new ("<!DOCTYPE html>\n");
  self->open = g_ptr_array_new ();
  upkeep_html_open (self, "html", "lang", language, NULL);
  return self;
}

/**
 * upkeep_html_free:
 * @self: (nullable): a page
 *
 * Frees a page.
 */
void
upkeep_html_free (UpkeepHtml *self)
{
  if (self == NULL)
    return;
  g_string_free (self->text, TRUE);
  g_ptr_array_unref (self->open);
  g_free (self);
}

/**
 * upkeep_html_open:
 * @self: a page
 * @element: a literal, such as `p`
 * @...: attributes: names (literals) and values in turn, then `NULL`. A value is escaped; an
 *   address has to be a path of the service, or https
 *
 * Opens an element. One that has nothing inside, such as `input`, needs no upkeep_html_close().
 */
void
upkeep_html_open (UpkeepHtml *self, const char *element, ...)
{
  va_list attributes;

  g_return_if_fail (self != NULL);
  g_return_if_fail (element != NULL && is_name (element));

  va_start (attributes, element);
  append_tag (self, element, attributes);
  va_end (attributes);
}

/**
 * upkeep_html_close:
 * @self: a page
 * @element: the element that was opened last
 *
 * Closes an element.
 */
void
upkeep_html_close (UpkeepHtml *self, const char *element)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (element != NULL);
  g_return_if_fail (self->open->len > 1 &&
                    g_str_equal (g_ptr_array_index (self->open, self->open->len - 1), element));

  g_ptr_array_set_size (self->open, (int) self->open->len - 1);
  g_string_append_printf (self->text, "</%s>\n", element);
}

/**
 * upkeep_html_text:
 * @self: a page
 * @text: any text
 *
 * Writes text, escaped.
 */
void
upkeep_html_text (UpkeepHtml *self, const char *text)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (text != NULL);

  append_escaped (self->text, text);
}

/**
 * upkeep_html_add:
 * @self: a page
 * @element: a literal, such as `p`
 * @text: what is in it
 * @...: attributes, as upkeep_html_open() takes them
 *
 * Writes an element with text in it.
 */
void
upkeep_html_add (UpkeepHtml *self, const char *element, const char *text, ...)
{
  va_list attributes;

  g_return_if_fail (self != NULL);
  g_return_if_fail (element != NULL && is_name (element));
  g_return_if_fail (text != NULL);

  va_start (attributes, text);
  append_tag (self, element, attributes);
  va_end (attributes);
  append_escaped (self->text, text);
  upkeep_html_close (self, element);
}

/**
 * upkeep_html_end:
 * @self: a page
 *
 * Ends a page: what is open is closed.
 *
 * Returns: (transfer full): the page in UTF-8
 */
GBytes *
upkeep_html_end (UpkeepHtml *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  while (self->open->len > 0) {
    g_string_append_printf (self->text, "</%s>\n",
                            (const char *) g_ptr_array_index (self->open, self->open->len - 1));
    g_ptr_array_set_size (self->open, (int) self->open->len - 1);
  }
  return g_bytes_new (self->text->str, self->text->len);
}
