/* json-scan.c: the answers that come a thousand times a second, read without a tree */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wire/json-scan.h"

#include <string.h>

#include "wire/base64.h"
#include "wire/number-text.h"

#define MAX_DIGITS 18 /* always fits 63 bits, so that no reader of the number can round it */

typedef struct
{
  const char *at, *end;
} Scan;

typedef struct
{
  const char *text;
  gsize size;
} Slice;

typedef gboolean (*TakeFunc) (SondeMessage *message, Scan *scan);

static gboolean
take_text (Scan *scan, const char *text, gsize size)
{
  if ((gsize) (scan->end - scan->at) < size || memcmp (scan->at, text, size) != 0)
    return FALSE;
  scan->at += size;
  return TRUE;
}

static gboolean
take_letter (Scan *scan, char letter)
{
  if (scan->at == scan->end || *scan->at != letter)
    return FALSE;
  scan->at++;
  return TRUE;
}

/* Python writes a blank behind comma and colon. */
static gboolean
take_mark (Scan *scan, char letter)
{
  if (!take_letter (scan, letter))
    return FALSE;
  take_letter (scan, ' ');
  return TRUE;
}

static gboolean
take_digits (Scan *scan, guint64 *value)
{
  const char *start = scan->at;
  guint64 sum = 0;

  while (scan->at < scan->end && g_ascii_isdigit (*scan->at) && scan->at - start <= MAX_DIGITS)
    sum = sum * 10 + (guint64) (*scan->at++ - '0');
  *value = sum;
  return scan->at > start && scan->at - start <= MAX_DIGITS
         && (*start != '0' || scan->at - start == 1);
}

/* A string of printable ASCII without escapes: what it says is what stands there. */
static gboolean
take_string (Scan *scan, Slice *slice)
{
  const char *close;

  if (!take_letter (scan, '"'))
    return FALSE;
  close = memchr (scan->at, '"', (gsize) (scan->end - scan->at));
  if (close == NULL)
    return FALSE;
  *slice = (Slice){ scan->at, (gsize) (close - scan->at) };
  scan->at = close + 1;
  return TRUE;
}

static gboolean
is_plain (const Slice *slice)
{
  for (gsize i = 0; i < slice->size; i++)
    if (slice->text[i] < 0x20 || slice->text[i] == 0x7f || slice->text[i] == '\\')
      return FALSE;
  return TRUE;
}

static gboolean
take_seq (SondeMessage *message, Scan *scan)
{
  message->has_seq = TRUE;
  return take_digits (scan, &message->seq);
}

static gboolean
take_time (SondeMessage *message, Scan *scan)
{
  message->has_time = TRUE;
  return take_digits (scan, &message->time);
}

static gboolean
take_address (SondeMessage *message, Scan *scan)
{
  Slice slice;

  if (!take_string (scan, &slice) || !is_plain (&slice))
    return FALSE;
  message->has_address = TRUE;
  return sonde_number_text_parse_address (slice.text, slice.size, &message->address);
}

static gboolean
take_value (SondeMessage *message, Scan *scan)
{
  Slice slice = { scan->at, 0 };

  if (message->has_data)
    return FALSE;
  if (scan->at < scan->end && *scan->at != '"')
    {
      message->form = SONDE_ANSWER_BITS;
      return take_digits (scan, &message->bits);
    }
  if (!take_string (scan, &slice) || !is_plain (&slice))
    return FALSE;
  message->form
      = sonde_number_text_parse_value (slice.text, slice.size, &message->bits, &message->number);
  return message->form != SONDE_ANSWER_NONE;
}

/* The decoder refuses every byte that is not base64, escapes and controls among them. */
static gboolean
take_data (SondeMessage *message, Scan *scan)
{
  Slice slice;

  if (message->form != SONDE_ANSWER_NONE || !take_string (scan, &slice))
    return FALSE;
  message->has_data = TRUE;
  return sonde_base64_decode (message->data, slice.text, slice.size);
}

static gboolean
take_success (SondeMessage *message, Scan *scan)
{
  return take_text (scan, "\"success\"", 9);
}

typedef struct
{
  const char *name; /* with both quotes */
  guint size;
  TakeFunc take;
} Member;

typedef struct
{
  const char *name; /* with the closing quote */
  guint size;
  SondeMessageKind kind;
  guint n_members;
  Member members[4];
} Answer;

// clang-format off
static const Answer answers[] = {
  { "mem_read_many\"", 14, SONDE_MESSAGE_MEM_READ_MANY, 3,
    { { "\"seq\"", 5, take_seq }, { "\"t\"", 3, take_time }, { "\"data\"", 6, take_data } } },
  { "mem_read\"", 9, SONDE_MESSAGE_MEM_READ, 4,
    { { "\"seq\"", 5, take_seq }, { "\"add\"", 5, take_address },
      { "\"value\"", 7, take_value }, { "\"data\"", 6, take_data } } },
  { "mem_write\"", 10, SONDE_MESSAGE_MEM_WRITE, 3,
    { { "\"seq\"", 5, take_seq }, { "\"add\"", 5, take_address },
      { "\"state\"", 7, take_success } } },
};
// clang-format on

static gboolean
take_member (const Answer *answer, SondeMessage *message, Scan *scan, guint *seen)
{
  for (guint i = 0; i < answer->n_members; i++)
    {
      const Member *member = &answer->members[i];

      if (!take_text (scan, member->name, member->size))
        continue;
      if ((*seen & 1u << i) != 0)
        return FALSE;
      *seen |= 1u << i;
      return take_mark (scan, ':') && member->take (message, scan);
    }
  return FALSE;
}

static gboolean
is_complete (const SondeMessage *message, guint seen)
{
  switch (message->kind)
    {
    case SONDE_MESSAGE_MEM_READ:
      return message->form != SONDE_ANSWER_NONE || message->has_data;
    case SONDE_MESSAGE_MEM_READ_MANY:
      return message->has_data;
    default:
      return (seen & 4) != 0; /* the state of a write */
    }
}

static gboolean
scan_members (const Answer *answer, SondeMessage *message, Scan *scan)
{
  guint seen = 0;

  message->kind = answer->kind;
  while (take_mark (scan, ','))
    if (!take_member (answer, message, scan, &seen))
      return FALSE;
  if (!take_letter (scan, '}'))
    return FALSE;
  while (scan->at < scan->end && (*scan->at == '\n' || *scan->at == '\r' || *scan->at == ' '))
    scan->at++;
  return scan->at == scan->end && is_complete (message, seen);
}

gboolean
sonde_json_scan_answer (SondeMessage *message, const char *text, gsize size)
{
  Scan scan = { text, text + size };

  if (!take_text (&scan, "{\"res\":", 7))
    return FALSE;
  take_letter (&scan, ' ');
  if (!take_letter (&scan, '"'))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
    if (take_text (&scan, answers[i].name, answers[i].size))
      return scan_members (&answers[i], message, &scan);
  return FALSE;
}
