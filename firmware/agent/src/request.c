/* request.c: the members of a command, as they came */
/* SPDX-License-Identifier: MIT */
#include "src/request.h"

#include <string.h>

enum
{
  MAX_NAME = 32, /* of a command, so that its echo always fits */
};

static const struct
{
  const char *key;
  size_t offset;
} members[] = {
  { "cmd", offsetof (sonde_request, cmd) },     { "con_id", offsetof (sonde_request, con_id) },
  { "seq", offsetof (sonde_request, seq) },     { "id", offsetof (sonde_request, id) },
  { "add", offsetof (sonde_request, address) }, { "size", offsetof (sonde_request, size) },
  { "count", offsetof (sonde_request, count) }, { "data", offsetof (sonde_request, data) },
  { "mask", offsetof (sonde_request, mask) },   { "reads", offsetof (sonde_request, reads) },
};

bool
sonde_request_parse (sonde_request *self, const char *text, size_t size)
{
  sonde_json_reader reader;
  sonde_json key, value;
  size_t i;

  memset (self, 0, sizeof *self);
  sonde_json_read_object (&reader, text, size);
  while (sonde_json_next_member (&reader, &key, &value))
    for (i = 0; i < sizeof members / sizeof members[0]; i++)
      if (sonde_json_equals (&key, members[i].key))
        memcpy ((char *) self + members[i].offset, &value, sizeof value);
  self->is_bad = reader.is_bad;
  return self->cmd.kind == SONDE_JSON_STRING;
}

/* Only digits are repeated as they came; any other number was not one of ours. */
static void
echo_number (const sonde_json *number, const char *key, sonde_text *answer)
{
  size_t i;

  if (number->size == 0 || number->size > 20 || (number->size > 1 && number->start[0] == '0'))
    return;
  for (i = 0; i < number->size; i++)
    if (number->start[i] < '0' || number->start[i] > '9')
      return;
  sonde_text_put (answer, key);
  sonde_text_put_bytes (answer, number->start, number->size);
}

void
sonde_request_begin_answer (const sonde_request *self, sonde_text *answer)
{
  sonde_text_put (answer, "{\"res\":\"");
  if (sonde_json_is_plain (&self->cmd, MAX_NAME))
    sonde_text_put_bytes (answer, self->cmd.start, self->cmd.size);
  else
    sonde_text_put (answer, "unknown");
  sonde_text_put (answer, "\"");
  echo_number (&self->seq, ",\"seq\":", answer);
  echo_number (&self->id, ",\"id\":", answer);
}

sonde_status
sonde_request_get_address (const sonde_json *text, uintptr_t *address)
{
  uint64_t value;

  if (!sonde_json_get_number (text, 16, &value))
    return SONDE_FORMAT;
  *address = (uintptr_t) value;
  return *address == value ? SONDE_OK : SONDE_RANGE;
}
