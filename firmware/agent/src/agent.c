/* agent.c: answers the questions a Sonde host asks about this board's memory */
/* SPDX-License-Identifier: MIT */
#include "sonde/agent.h"

#include <string.h>

#include "src/memory.h"
#include "src/request.h"
#include "src/text.h"

enum
{
  MAX_CON_ID = 64,
  LOG_TAIL = 32, /* what follows the text of a log line: quote, key, clock */
};

/* Code and text in one: the text begins behind the code's NUL. */
static const char *const errors[] = {
  [SONDE_OK] = "\0",
  [SONDE_RANGE] = "RANGE\0no open memory there",
  [SONDE_ALIGN] = "ALIGN\0not aligned",
  [SONDE_SIZE] = "SIZE\0bad size or count",
  [SONDE_DENIED] = "DENIED\0not allowed there",
  [SONDE_FORMAT] = "FORMAT\0not understood",
  [SONDE_BUSY] = "BUSY\0busy",
};

static const char level_names[][6] = { "trace", "debug", "info", "warn", "error" };

bool
sonde_agent_init (sonde_agent *self, const sonde_agent_config *config)
{
  uint8_t boot[sizeof self->boot];

  self->config = config;
  if (!config->hooks.random (config->hooks.user, boot, sizeof boot))
    return false;
  memcpy (&self->boot, boot, sizeof boot);
  return true;
}

/* Ends inside the quotes of con_id. */
static sonde_status
begin_with_con_id (const sonde_request *request, sonde_text *answer)
{
  const sonde_json *con_id = &request->members[SONDE_CON_ID];

  sonde_request_begin_answer (request, answer);
  sonde_text_put (answer, ",\"con_id\":\"");
  if (con_id->kind == SONDE_JSON_NONE)
    sonde_text_put (answer, "00");
  else if (sonde_json_is_plain (con_id, MAX_CON_ID))
    sonde_text_put_bytes (answer, con_id->start, con_id->size);
  else
    return SONDE_FORMAT;
  return SONDE_OK;
}

/* Begins by closing the quotes before it, ends inside its own; what is not there is not said. */
static void
put_optional (sonde_text *answer, const char *key, const char *text)
{
  if (text == NULL)
    return;
  sonde_text_put (answer, "\",\"$\":\"", key);
  sonde_text_put_escaped (answer, text, 64);
}

static sonde_status
answer_init (const sonde_agent *self, sonde_request *request, sonde_text *answer)
{
  const sonde_agent_config *config = self->config;
  const uint16_t one = 1;
  uint8_t first;
  size_t i;

  /* "seq" says here that sequence numbers are known; the key cannot carry the echo as well. */
  request->members[SONDE_SEQ].kind = SONDE_JSON_NONE;
  if (begin_with_con_id (request, answer) != SONDE_OK)
    return SONDE_FORMAT;
  memcpy (&first, &one, 1);
  sonde_text_put (answer, "\",\"proto\":1,\"endian\":\"$", first == 1 ? "little" : "big");
  put_optional (answer, "device", config->device);
  put_optional (answer, "fw", config->firmware);
  put_optional (answer, "build_id", config->build_id_size > 0 ? "" : NULL);
  for (i = 0; i < config->build_id_size; i++)
    sonde_text_put_hex (answer, config->build_id[i], 2);
  sonde_text_put (answer,
                  "\",\"ptr\":#,\"clock_hz\":#,\"boot\":\"&\",\"seq\":true,\"caps\":{\"bits\":64,"
                  "\"block\":#,\"batch\":#,\"msg\":#,\"mask\":1,\"log\":1}}",
                  (uint32_t) sizeof (void *), config->clock_hz, (uintptr_t) self->boot,
                  (uint32_t) config->block, (uint32_t) config->batch, (uint32_t) config->msg);
  return SONDE_OK;
}

static sonde_status
answer_end (const sonde_agent *self, sonde_request *request, sonde_text *answer)
{
  sonde_status status = begin_with_con_id (request, answer);

  (void) self;
  sonde_text_put (answer, "\"}");
  return status;
}

static const struct
{
  const char *name;
  sonde_status (*answer) (const sonde_agent *, sonde_request *, sonde_text *);
} commands[] = {
  { "mem_read_many", sonde_memory_answer_read_many },
  { "mem_read", sonde_memory_answer_read },
  { "mem_write", sonde_memory_answer_write },
  { "init", answer_init },
  { "end", answer_end },
};

static sonde_status
answer_command (const sonde_agent *self, sonde_request *request, sonde_text *answer)
{
  size_t i;

  if (request->is_bad)
    return SONDE_FORMAT;
  for (i = 0; i < sizeof commands / sizeof commands[0]; i++)
    if (sonde_json_equals (&request->members[SONDE_CMD], commands[i].name))
      return commands[i].answer (self, request, answer);
  return SONDE_FORMAT;
}

static void
put_error (const sonde_request *request, sonde_status status, sonde_text *answer)
{
  const char *error = errors[status];
  const char *text = error + strlen (error) + 1;
  uintptr_t address;

  sonde_request_begin_answer (request, answer);
  if (sonde_request_get_address (&request->members[SONDE_ADD], &address) == SONDE_OK)
    sonde_text_put (answer, ",\"add\":\"0x&\"", address);
  /* What hosts without our error form look for in an answer to a read. */
  if (sonde_json_equals (&request->members[SONDE_CMD], "mem_read"))
    sonde_text_put (answer, ",\"value\":null");
  sonde_text_put (answer, ",\"state\":\"error\",\"code\":\"$\",\"error\":\"$\"", error,
                  sonde_request_has (request, SONDE_READS) ? error : text);
  if (sonde_request_has (request, SONDE_READS))
    sonde_text_put (answer, ",\"at\":#", (uint32_t) request->refused_at);
  sonde_text_put (answer, "}");
}

size_t
sonde_agent_handle (const sonde_agent *self, const char *request_text, size_t size, char *answer,
                    size_t cap)
{
  sonde_request request;
  sonde_status status;
  sonde_text text;

  if (cap > self->config->msg)
    cap = self->config->msg;
  if (!sonde_request_parse (&request, request_text, size))
    return 0;
  sonde_text_init (&text, answer, cap);
  status = answer_command (self, &request, &text);
  if (status == SONDE_OK && text.is_full)
    status = SONDE_SIZE;
  if (status != SONDE_OK)
    {
      sonde_text_init (&text, answer, cap);
      put_error (&request, status, &text);
    }
  return text.is_full ? 0 : text.size;
}

size_t
sonde_agent_log (const sonde_agent *self, sonde_log_level level, const char *tag, const char *text,
                 char *out, size_t cap)
{
  const sonde_agent_hooks *hooks = &self->config->hooks;
  sonde_text line;

  if (cap > self->config->msg)
    cap = self->config->msg;
  sonde_text_init (&line, out, cap);
  sonde_text_put (&line, "{\"type\":\"log\",\"level\":\"$\",\"tag\":\"", level_names[level]);
  sonde_text_put_escaped (&line, tag, 64);
  sonde_text_put (&line, "\",\"msg\":\"");
  if (line.is_full || cap - line.size < LOG_TAIL)
    return 0;
  sonde_text_put_escaped (&line, text, cap - line.size - LOG_TAIL);
  sonde_text_put (&line, "\",\"t\":#}", hooks->clock (hooks->user));
  return line.is_full ? 0 : line.size;
}
