/* request.c: the members of a command, as they came */
/* SPDX-License-Identifier: MIT */
#include "src/request.h"

#include <string.h>

enum
{
  MAX_NAME = 32, /* of a command, so that its echo always fits */
};

/* Named in the order of the fields they go to. */
static const char *const members[]
    = { "cmd", "con_id", "seq", "add", "size", "count", "data", "mask", "reads" };

bool
sonde_request_parse (sonde_request *self, const char *text, size_t size)
{
  const sonde_json whole = { SONDE_JSON_OBJECT, text, size };
  sonde_json_reader reader;
  sonde_json key, value;
  size_t i;

  memset (self, 0, sizeof *self);
  sonde_json_enter (&reader, &whole);
  while (sonde_json_next_member (&reader, &key, &value))
    for (i = 0; i < SONDE_N_MEMBERS; i++)
      if (sonde_json_equals (&key, members[i]))
        self->members[i] = value;
  self->is_bad = reader.is_bad;
  return self->members[SONDE_CMD].size > 0
         && sonde_json_is_plain (&self->members[SONDE_CMD], MAX_NAME);
}

bool
sonde_request_has (const sonde_request *self, unsigned member)
{
  return self->members[member].kind != SONDE_JSON_NONE;
}

/* Repeated as it came, so it must be a JSON number, which "0x7" and "007" are not. */
static void
echo_seq (const sonde_json *seq, sonde_text *answer)
{
  uint64_t value;

  if (!sonde_json_get_number (seq, 10, &value) || (seq->size > 1 && seq->start[0] == '0'))
    return;
  sonde_text_put (answer, ",\"seq\":");
  sonde_text_put_bytes (answer, seq->start, seq->size);
}

void
sonde_request_begin_answer (const sonde_request *self, sonde_text *answer)
{
  const sonde_json *cmd = &self->members[SONDE_CMD];

  sonde_text_put (answer, "{\"res\":\"");
  sonde_text_put_bytes (answer, cmd->start, cmd->size);
  sonde_text_put (answer, "\"");
  echo_seq (&self->members[SONDE_SEQ], answer);
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
