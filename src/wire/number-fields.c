/* number-fields.c: the numbers of a free-form JSON message by their key paths */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wire/number-fields.h"

#include "wire/json-tree.h"

typedef struct
{
  GString *path;
  SondeFieldFunc func;
  gpointer user_data;
} Walk;

#define MAX_PATH 256

static void walk_node (Walk *walk, JsonNode *node);

static void
walk_object (Walk *walk, JsonObject *object)
{
  gsize before = walk->path->len;
  JsonObjectIter iter;
  const char *name;
  JsonNode *member;

  json_object_iter_init_ordered (&iter, object);
  while (json_object_iter_next_ordered (&iter, &name, &member))
    {
      if (before > 0)
        g_string_append_c (walk->path, '.');
      g_string_append (walk->path, name);
      walk_node (walk, member);
      g_string_truncate (walk->path, before);
    }
}

static void
walk_array (Walk *walk, JsonArray *array)
{
  gsize before = walk->path->len;

  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      g_string_append_printf (walk->path, "[%u]", i);
      walk_node (walk, json_array_get_element (array, i));
      g_string_truncate (walk->path, before);
    }
}

/* The depth was bounded before the tree was made. */
static void
walk_node (Walk *walk, JsonNode *node)
{
  double value = 0;

  if (walk->path->len > MAX_PATH)
    return;
  if (JSON_NODE_HOLDS_OBJECT (node))
    walk_object (walk, json_node_get_object (node));
  else if (JSON_NODE_HOLDS_ARRAY (node))
    walk_array (walk, json_node_get_array (node));
  else if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) != G_TYPE_STRING
           && sonde_json_tree_to_double (node, &value))
    walk->func (walk->path->str, value, walk->user_data);
}

gboolean
sonde_number_fields_foreach (const char *text, gsize size, SondeFieldFunc func, gpointer user_data)
{
  SondeJsonFacts facts;
  g_autoptr (JsonNode) root = sonde_json_tree_load (text, size, &facts);
  g_autoptr (GString) path = g_string_new (NULL);
  Walk walk = { path, func, user_data };

  if (root == NULL || !JSON_NODE_HOLDS_OBJECT (root))
    return FALSE;
  walk_object (&walk, json_node_get_object (root));
  return TRUE;
}
