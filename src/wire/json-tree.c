/* json-tree.c: a checked JSON tree and its members, whether boards write them as text or number */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wire/json-tree.h"

#include <string.h>

#include "wire/number-text.h"

/* Copies text that a person will read: cut at a character, control characters as symbols. */
void
sonde_json_tree_copy_safe (char *out, gsize size, const char *text)
{
  gsize n = 0;

  for (; *text != '\0'; text = g_utf8_next_char (text))
    {
      gunichar letter = g_utf8_get_char (text);
      char bytes[6];
      int length;

      if (letter < 0x20)
        letter += 0x2400;
      else if (letter == 0x7f)
        letter = 0x2421;
      else if (!g_unichar_isprint (letter))
        letter = 0xfffd;
      length = g_unichar_to_utf8 (letter, bytes);
      if (n + (gsize) length >= size)
        break;
      memcpy (out + n, bytes, (gsize) length);
      n += (gsize) length;
    }
  out[n] = '\0';
}

JsonNode *
sonde_json_tree_lookup_value (JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) ? node : NULL;
}

const char *
sonde_json_tree_lookup_text (JsonObject *object, const char *name)
{
  JsonNode *node = sonde_json_tree_lookup_value (object, name);

  return node != NULL && json_node_get_value_type (node) == G_TYPE_STRING
             ? json_node_get_string (node)
             : NULL;
}

/* Ids and states may be numbers or bools on these wires: they read as their text. */
void
sonde_json_tree_copy_text (JsonObject *object, const char *name, char *out, gsize size)
{
  JsonNode *node = sonde_json_tree_lookup_value (object, name);
  g_autofree char *text = NULL;

  if (node == NULL)
    return;
  if (json_node_get_value_type (node) == G_TYPE_STRING)
    text = g_strdup (json_node_get_string (node));
  else
    text = json_to_string (node, FALSE);
  sonde_json_tree_copy_safe (out, size, text);
}

gboolean
sonde_json_tree_to_whole (JsonNode *node, guint64 *value)
{
  GType type = json_node_get_value_type (node);
  double number;

  if (type == G_TYPE_STRING)
    {
      const char *text = json_node_get_string (node);

      return sonde_number_text_parse_whole (text, strlen (text), value);
    }
  if (type == G_TYPE_INT64)
    {
      *value = (guint64) json_node_get_int (node);
      return TRUE;
    }
  if (type != G_TYPE_DOUBLE)
    return FALSE;
  number = json_node_get_double (node);
  if (!(number >= 0 && number < 18446744073709551616.0))
    return FALSE;
  *value = (guint64) number;
  return TRUE;
}

gboolean
sonde_json_tree_get_whole (JsonObject *object, const char *name, guint64 *value)
{
  JsonNode *node = sonde_json_tree_lookup_value (object, name);

  return node != NULL && sonde_json_tree_to_whole (node, value);
}

guint
sonde_json_tree_get_limit (JsonObject *object, const char *name)
{
  JsonNode *node = sonde_json_tree_lookup_value (object, name);
  guint64 value = 0;

  if (node != NULL && json_node_get_value_type (node) == G_TYPE_BOOLEAN)
    return json_node_get_boolean (node) ? 1 : 0;
  if (node == NULL || !sonde_json_tree_to_whole (node, &value))
    return 0;
  return (guint) MIN (value, G_MAXINT32);
}

gboolean
sonde_json_tree_to_double (JsonNode *node, double *value)
{
  const char *text;
  guint64 bits = 0;

  if (json_node_get_value_type (node) != G_TYPE_STRING)
    {
      *value = json_node_get_value_type (node) == G_TYPE_BOOLEAN
                   ? (double) json_node_get_boolean (node)
                   : json_node_get_double (node);
      return TRUE;
    }
  text = json_node_get_string (node);
  switch (sonde_number_text_parse_value (text, strlen (text), &bits, value))
    {
    case SONDE_ANSWER_BITS:
      *value = (double) bits;
      return TRUE;
    case SONDE_ANSWER_NUMBER:
      return TRUE;
    default:
      return FALSE;
    }
}

/* NaN and its like become an empty text of the same length: no number, whoever asks the tree. */
static char *
dup_masked (const char *text, gsize size, const SondeJsonFacts *facts)
{
  char *copy = g_memdup2 (text, size), *value = copy + (facts->value - text);

  memset (value, ' ', facts->value_size);
  memcpy (value, "\"\"", 2);
  return copy;
}

JsonNode *
sonde_json_tree_load (const char *text, gsize size, SondeJsonFacts *facts)
{
  g_autoptr (JsonParser) parser = NULL;
  g_autofree char *masked = NULL;

  if (!sonde_json_check (text, size, facts))
    return NULL;
  if (facts->value != NULL && !g_ascii_isdigit (facts->value[facts->value_size - 1]))
    text = masked = dup_masked (text, size, facts);
  parser = json_parser_new_immutable ();
  if (!json_parser_load_from_data (parser, text, (gssize) size, NULL))
    return NULL;
  return json_parser_steal_root (parser);
}
