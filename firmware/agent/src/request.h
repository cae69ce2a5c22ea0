/* request.h: the members of a command, as they came */
/* SPDX-License-Identifier: MIT */
#ifndef SONDE_REQUEST_H
#define SONDE_REQUEST_H

#include "sonde/agent.h"
#include "src/json.h"
#include "src/text.h"

enum
{
  SONDE_CMD,
  SONDE_CON_ID,
  SONDE_SEQ,
  SONDE_ADD,
  SONDE_BITS, /* "size" */
  SONDE_COUNT,
  SONDE_DATA,
  SONDE_MASK,
  SONDE_READS,
  SONDE_N_MEMBERS,
};

typedef struct
{
  sonde_json members[SONDE_N_MEMBERS]; /* of kind NONE where absent */
  bool is_bad;                         /* the JSON breaks off or is malformed */
  unsigned refused_at;                 /* entry of a batch that was refused */
} sonde_request;

/** sonde_request_parse: FALSE when it is no command: no object, or no "cmd" in it that could be
 * repeated. */
bool sonde_request_parse (sonde_request *self, const char *text, size_t size);
bool sonde_request_has (const sonde_request *self, unsigned member);
/** sonde_request_begin_answer: {"res":"<cmd>" and the sequence number, where one came. */
void sonde_request_begin_answer (const sonde_request *self, sonde_text *answer);
/** sonde_request_get_address: FORMAT: no number; RANGE: too large for this machine. */
sonde_status sonde_request_get_address (const sonde_json *text, uintptr_t *address);

#endif
