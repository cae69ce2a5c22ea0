/* debug-tree.c: messages of the device protocol by way of a JSON tree: all that is not hot */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wire/debug-tree.h"

#include <string.h>

#include "wire/base64.h"
#include "wire/json-tree.h"
#include "wire/number-text.h"

/* What the members of one message are read from, and into. */
typedef struct
{
  JsonObject *object;
  SondeJsonFacts facts;
  SondeMessage *message;
} Tree;

static void
set_error (SondeMessage *message, const char *text)
{
  message->is_error = TRUE;
  if (message->error[0] == '\0')
    sonde_json_tree_copy_safe (message->error, sizeof message->error,
                               *text != '\0' ? text : "no reason given");
}

static void
take_address (const Tree *tree)
{
  JsonNode *node = sonde_json_tree_lookup_value (tree->object, "add");
  SondeMessage *message = tree->message;
  const char *text;

  if (node == NULL)
    return;
  if (json_node_get_value_type (node) != G_TYPE_STRING)
    {
      message->has_address = sonde_json_tree_to_whole (node, &message->address);
      return;
    }
  text = json_node_get_string (node);
  message->has_address = sonde_number_text_parse_address (text, strlen (text), &message->address);
}

/* A text is the reason; an object or true says at least that there is one. */
static void
take_error (const Tree *tree)
{
  JsonNode *node = json_object_get_member (tree->object, "error");
  const char *text = sonde_json_tree_lookup_text (tree->object, "error");
  g_autofree char *other = NULL;

  if (node == NULL || JSON_NODE_HOLDS_NULL (node) || g_strcmp0 (text, "") == 0)
    return;
  if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_BOOLEAN
      && !json_node_get_boolean (node))
    return;
  if (text == NULL)
    other = json_to_string (node, FALSE);
  set_error (tree->message, text != NULL ? text : other);
}

/* Memory is read and written or it is not; other commands have states of their own. */
static gboolean
is_refusal (SondeMessageKind kind, const char *state)
{
  if (kind == SONDE_MESSAGE_MEM_READ || kind == SONDE_MESSAGE_MEM_READ_MANY
      || kind == SONDE_MESSAGE_MEM_WRITE)
    return g_ascii_strcasecmp (state, "success") != 0;
  return g_ascii_strcasecmp (state, "error") == 0 || g_ascii_strcasecmp (state, "fail") == 0;
}

/* How a board says no: the gateway's own words for it ("fail", "SET_MTA failed") stand in state
 * or in error. */
static void
take_refusal (const Tree *tree)
{
  SondeMessage *message = tree->message;
  const char *state = sonde_json_tree_lookup_text (tree->object, "state");
  guint64 at = 0;

  sonde_json_tree_copy_text (tree->object, "code", message->code, sizeof message->code);
  if (sonde_json_tree_get_whole (tree->object, "at", &at) && at <= G_MAXINT)
    message->at = (gint) at;
  take_error (tree);
  if (state != NULL && is_refusal (message->kind, state))
    set_error (message, message->code[0] != '\0' ? message->code : state);
  /* A refused batch says {"error":"RANGE","at":1}: there the reason is the code. */
  if (message->code[0] == '\0' && message->at >= 0)
    g_strlcpy (message->code, message->error, sizeof message->code);
}

static void
take_value (const Tree *tree)
{
  JsonNode *node = json_object_get_member (tree->object, "value");
  SondeMessage *message = tree->message;
  const char *text = tree->facts.value;
  gsize size = tree->facts.value_size;

  if (node == NULL || JSON_NODE_HOLDS_NULL (node))
    return;
  if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_BOOLEAN)
    {
      message->form = SONDE_ANSWER_BITS;
      message->bits = json_node_get_boolean (node) ? 1 : 0;
      return;
    }
  if (text == NULL && JSON_NODE_HOLDS_VALUE (node)
      && json_node_get_value_type (node) == G_TYPE_STRING)
    {
      text = json_node_get_string (node);
      size = strlen (text);
    }
  if (text != NULL)
    message->form = sonde_number_text_parse_value (text, size, &message->bits, &message->number);
  if (message->form == SONDE_ANSWER_NONE)
    set_error (message, "the value is no number of at most 64 bits");
}

static void
take_data (const Tree *tree)
{
  JsonNode *node = json_object_get_member (tree->object, "data");
  SondeMessage *message = tree->message;
  const char *text = sonde_json_tree_lookup_text (tree->object, "data");

  if (node == NULL || JSON_NODE_HOLDS_NULL (node))
    return;
  if (text != NULL && g_str_has_prefix (text, "b64:"))
    text += 4;
  message->has_data = text != NULL && sonde_base64_decode (message->data, text, strlen (text));
  if (!message->has_data)
    set_error (message, "the data is not base64");
}

/* One element of a block, in any form that a single value may have. */
static gboolean
take_element (JsonNode *node, GByteArray *data)
{
  guint64 bits = 0;
  double number;
  guint8 byte;
  const char *text;

  if (!JSON_NODE_HOLDS_VALUE (node))
    return FALSE;
  if (json_node_get_value_type (node) != G_TYPE_STRING)
    {
      if (!sonde_json_tree_to_whole (node, &bits))
        return FALSE;
    }
  else
    {
      text = json_node_get_string (node);
      if (sonde_number_text_parse_value (text, strlen (text), &bits, &number) != SONDE_ANSWER_BITS)
        return FALSE;
    }
  byte = (guint8) bits;
  g_byte_array_append (data, &byte, 1);
  return bits <= G_MAXUINT8;
}

/* Blocks are asked for in units of eight bits: one element is one byte. */
static void
take_elements (const Tree *tree)
{
  JsonNode *node = json_object_get_member (tree->object, "values");
  SondeMessage *message = tree->message;
  JsonArray *elements;

  if (node == NULL || JSON_NODE_HOLDS_NULL (node) || message->has_data)
    return;
  elements = JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
  g_byte_array_set_size (message->data, 0);
  for (guint i = 0; elements != NULL && i < json_array_get_length (elements); i++)
    if (!take_element (json_array_get_element (elements, i), message->data))
      elements = NULL;
  message->has_data = elements != NULL;
  if (!message->has_data)
    set_error (message, "the values are no list of bytes");
}

static void
parse_mem_read (const Tree *tree)
{
  take_value (tree);
  take_data (tree);
  take_elements (tree);
  if (tree->message->form == SONDE_ANSWER_NONE && !tree->message->has_data)
    set_error (tree->message, "the answer carries no value");
}

static void
parse_mem_read_many (const Tree *tree)
{
  take_data (tree);
  if (!tree->message->has_data)
    set_error (tree->message, "the answer carries no data");
}

/* Names become rows, columns and parts of paths: only what device.md 1.6 allows is one. */
static void
take_device_name (const Tree *tree)
{
  const char *name = sonde_json_tree_lookup_text (tree->object, "device");
  gsize size = name != NULL ? strlen (name) : 0;

  if (size == 0 || size > 64)
    return;
  for (const char *letter = name; *letter != '\0'; letter++)
    if (!g_ascii_isalnum (*letter) && strchr ("._-", *letter) == NULL)
      return;
  memcpy (tree->message->identity.device, name, size + 1);
}

static void
take_build_id (const Tree *tree)
{
  const char *text = sonde_json_tree_lookup_text (tree->object, "build_id");
  SondeIdentity *identity = &tree->message->identity;
  gsize size = text != NULL ? strlen (text) : 0;

  if (size == 0 || size >= sizeof identity->build_id)
    return;
  for (gsize i = 0; i < size; i++)
    if (!g_ascii_isxdigit (text[i]))
      return;
  for (gsize i = 0; i < size; i++)
    identity->build_id[i] = g_ascii_tolower (text[i]);
}

static void
take_caps (const Tree *tree)
{
  JsonNode *node = json_object_get_member (tree->object, "caps");
  SondeIdentity *identity = &tree->message->identity;
  JsonObject *caps;

  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    return;
  caps = json_node_get_object (node);
  identity->bits = sonde_json_tree_get_limit (caps, "bits");
  identity->block = sonde_json_tree_get_limit (caps, "block");
  identity->batch = sonde_json_tree_get_limit (caps, "batch");
  identity->msg = sonde_json_tree_get_limit (caps, "msg");
  identity->mask = sonde_json_tree_get_limit (caps, "mask");
  identity->log = sonde_json_tree_get_limit (caps, "log");
  identity->ota = sonde_json_tree_get_limit (caps, "ota");
}

static void
parse_init (const Tree *tree)
{
  SondeIdentity *identity = &tree->message->identity;
  const char *endian = sonde_json_tree_lookup_text (tree->object, "endian");

  identity->proto = sonde_json_tree_get_limit (tree->object, "proto");
  take_device_name (tree);
  sonde_json_tree_copy_text (tree->object, "fw", identity->firmware, sizeof identity->firmware);
  take_build_id (tree);
  sonde_json_tree_copy_text (tree->object, "boot", identity->boot, sizeof identity->boot);
  identity->is_big_endian = endian != NULL && g_ascii_strcasecmp (endian, "big") == 0;
  identity->pointer_size = sonde_json_tree_get_limit (tree->object, "ptr");
  sonde_json_tree_get_whole (tree->object, "clock_hz", &identity->clock_hz);
  /* The same member announces ("seq":true) and echoes ("seq":3): who echoes can do it. */
  identity->has_seq
      = tree->message->has_seq || sonde_json_tree_get_limit (tree->object, "seq") != 0;
  take_caps (tree);
}

static void
parse_nothing (const Tree *tree)
{
}

// clang-format off
static const struct
{
  const char *name;
  SondeMessageKind kind;
  void (*parse) (const Tree *tree);
} answers[] = {
  { "mem_read",      SONDE_MESSAGE_MEM_READ,      parse_mem_read },
  { "mem_read_many", SONDE_MESSAGE_MEM_READ_MANY, parse_mem_read_many },
  { "mem_write",     SONDE_MESSAGE_MEM_WRITE,     parse_nothing },
  { "init",          SONDE_MESSAGE_INIT,          parse_init },
  { "end",           SONDE_MESSAGE_END,           parse_nothing },
};
// clang-format on

static void
parse_answer (const Tree *tree, const char *name)
{
  SondeMessage *message = tree->message;
  guint i = 0;

  while (i < G_N_ELEMENTS (answers) && strcmp (answers[i].name, name) != 0)
    i++;
  message->kind = i < G_N_ELEMENTS (answers) ? answers[i].kind : SONDE_MESSAGE_OTHER_ANSWER;
  sonde_json_tree_copy_text (tree->object, "con_id", message->con_id, sizeof message->con_id);
  message->has_seq = sonde_json_tree_get_whole (tree->object, "seq", &message->seq);
  message->has_time = sonde_json_tree_get_whole (tree->object, "t", &message->time);
  take_address (tree);
  take_refusal (tree);
  if (i < G_N_ELEMENTS (answers))
    answers[i].parse (tree);
}

static void
parse_log (const Tree *tree)
{
  SondeMessage *message = tree->message;
  const char *text = sonde_json_tree_lookup_text (tree->object, "msg");

  if (text == NULL)
    return;
  message->kind = SONDE_MESSAGE_LOG;
  message->text = g_strdup (text);
  sonde_json_tree_copy_text (tree->object, "level", message->level, sizeof message->level);
  for (char *letter = message->level; *letter != '\0'; letter++)
    *letter = g_ascii_tolower (*letter);
  sonde_json_tree_copy_text (tree->object, "tag", message->tag, sizeof message->tag);
  message->has_time = sonde_json_tree_get_whole (tree->object, "t", &message->time);
}

/* The older generation's samples: a bad value is 0.0 there, a bad time the time of receipt. */
static void
parse_data (const Tree *tree)
{
  SondeMessage *message = tree->message;
  const char *name = sonde_json_tree_lookup_text (tree->object, "parameter");
  JsonNode *value = sonde_json_tree_lookup_value (tree->object, "value");
  JsonNode *stamp = sonde_json_tree_lookup_value (tree->object, "timestamp");
  double seconds = 0;

  if (name == NULL)
    return;
  message->kind = SONDE_MESSAGE_DATA;
  message->text = g_strdup (name);
  message->form = SONDE_ANSWER_NUMBER;
  if (value == NULL || !sonde_json_tree_to_double (value, &message->number))
    message->number = 0;
  if (stamp == NULL || !sonde_json_tree_to_double (stamp, &seconds)
      || !(seconds > 0 && seconds < 1e11))
    return;
  message->has_time = TRUE;
  message->time = (guint64) (seconds * G_USEC_PER_SEC);
}

static void
parse_response (const Tree *tree)
{
  const char *status = sonde_json_tree_lookup_text (tree->object, "status");
  const char *text = sonde_json_tree_lookup_text (tree->object, "message");

  tree->message->kind = SONDE_MESSAGE_OTHER_ANSWER;
  if (status != NULL && g_ascii_strcasecmp (status, "success") != 0)
    set_error (tree->message, text != NULL && *text != '\0' ? text : status);
}

static void
parse_object (const Tree *tree)
{
  const char *res = sonde_json_tree_lookup_text (tree->object, "res");
  const char *type = sonde_json_tree_lookup_text (tree->object, "type");

  if (res != NULL)
    parse_answer (tree, res);
  else if (g_strcmp0 (type, "log") == 0)
    parse_log (tree);
  else if (g_strcmp0 (type, "data") == 0)
    parse_data (tree);
  else if (g_strcmp0 (type, "response") == 0)
    parse_response (tree);
}

gboolean
sonde_debug_tree_parse (SondeMessage *message, const char *text, gsize size)
{
  Tree tree = { .message = message };
  g_autoptr (JsonNode) root = sonde_json_tree_load (text, size, &tree.facts);

  if (root == NULL)
    return FALSE;
  if (!JSON_NODE_HOLDS_OBJECT (root))
    return TRUE;
  tree.object = json_node_get_object (root);
  parse_object (&tree);
  return TRUE;
}
