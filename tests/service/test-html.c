/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-html.h"

static char *
end (UpkeepHtml *html)
{
  g_autoptr (UpkeepHtml) owned = html;
  g_autoptr (GBytes) page = upkeep_html_end (html);

  return g_strndup (g_bytes_get_data (page, NULL), g_bytes_get_size (page));
}

static void
test_page (void)
{
  UpkeepHtml *html = upkeep_html_new ("fr");
  g_autofree char *page = NULL;

  g_test_summary ("Elements nest, those without an inside have no end, and the rest is closed");
  upkeep_html_open (html, "body", NULL);
  upkeep_html_open (html, "form", "action", "/manage", "method", "post", NULL);
  upkeep_html_open (html, "input", "name", "a", "checked", "checked", NULL);
  upkeep_html_add (html, "button", "Go", "class", "main", NULL);
  upkeep_html_close (html, "form");
  upkeep_html_open (html, "p", NULL);
  upkeep_html_text (html, "text");
  page = end (html);
  g_assert_cmpstr (
      page, ==,
      "<!DOCTYPE html>\n<html lang=\"fr\"><body><form action=\"/manage\" method=\"post\">"
      "<input name=\"a\" checked=\"checked\"><button class=\"main\">Go</button>\n"
      "</form>\n<p>text</p>\n</body>\n</html>\n");
}

static void
test_escapes (void)
{
  static const struct {
    const char *text;
    const char *written;
  } rows[] = {
      {"a & b", "a &amp; b"},
      {"<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"},
      {"\" onload=\"x", "&quot; onload=&quot;x"},
      {"' onload='x", "&#39; onload=&#39;x"},
      {"&lt;", "&amp;lt;"},
      {"a\1\x1b\x7f\rb", "ab"},
      {"a\tb\nc", "a\tb\nc"},
      {"\xc3\xa9 \xe8\xae\xa2", "\xc3\xa9 \xe8\xae\xa2"},
      {"\xff\xc0<", "\357\277\275\357\277\275&lt;"},
  };

  g_test_summary ("No text becomes markup, in an element or in an attribute");
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    UpkeepHtml *html = upkeep_html_new ("en");
    g_autofree char *page = NULL;
    g_autofree char *wanted =
        g_strdup_printf ("<!DOCTYPE html>\n<html lang=\"en\"><p title=\"%s\">%s</p>\n</html>\n",
                         rows[i].written, rows[i].written);

    g_test_message ("row %" G_GSIZE_FORMAT, i);
    upkeep_html_add (html, "p", rows[i].text, "title", rows[i].text, NULL);
    page = end (html);
    g_assert_cmpstr (page, ==, wanted);
  }
}

static void
test_addresses (void)
{
  static const char *const refused[] = {
      "javascript:alert(1)",
      "//elsewhere.example/",
      "/\\elsewhere.example/",
      "http://plain.example/",
      "data:text/html,x",
      " /manage",
      "",
  };
  static const char *const taken[] = {"/", "/manage/a?b=c", "https://example.org/terms",
                                      "mailto:help@example.org"};

  g_test_summary ("An address leads to the service itself, to https or to a letter");
  for (gsize i = 0; i < G_N_ELEMENTS (refused); i++) {
    UpkeepHtml *html = upkeep_html_new ("en");
    g_autofree char *page = NULL;

    g_test_message ("%s", refused[i]);
    g_test_expect_message (NULL, G_LOG_LEVEL_CRITICAL, "*no attribute*");
    upkeep_html_add (html, "a", "x", "href", refused[i], NULL);
    g_test_assert_expected_messages ();
    page = end (html);
    g_assert_nonnull (strstr (page, "<a>x</a>"));
  }
  for (gsize i = 0; i < G_N_ELEMENTS (taken); i++) {
    UpkeepHtml *html = upkeep_html_new ("en");
    g_autofree char *page = NULL;
    g_autofree char *wanted = g_strdup_printf ("<a href=\"%s\">", taken[i]);

    upkeep_html_add (html, "a", "x", "href", taken[i], NULL);
    page = end (html);
    g_assert_nonnull (strstr (page, wanted));
  }
}

static void
test_faults (void)
{
  g_autoptr (UpkeepHtml) html = upkeep_html_new ("en");

  g_test_summary ("What is closed is what was opened last, and names are names");
  upkeep_html_open (html, "p", NULL);
  g_test_expect_message (NULL, G_LOG_LEVEL_CRITICAL, "*assertion*");
  upkeep_html_close (html, "div");
  g_test_assert_expected_messages ();
  g_test_expect_message (NULL, G_LOG_LEVEL_CRITICAL, "*assertion*");
  upkeep_html_open (html, "p onclick", NULL);
  g_test_assert_expected_messages ();
  g_test_expect_message (NULL, G_LOG_LEVEL_CRITICAL, "*no attribute*");
  upkeep_html_open (html, "p", "on click", "x", NULL);
  g_test_assert_expected_messages ();
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/service/html/page", test_page);
  g_test_add_func ("/service/html/escapes", test_escapes);
  g_test_add_func ("/service/html/addresses", test_addresses);
  g_test_add_func ("/service/html/faults", test_faults);
  return g_test_run ();
}
