/* message.h: what the messages of the device protocol say, whoever wrote them (device.md 1.2
 * and 1.6) */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

typedef enum
{
  SONDE_MESSAGE_INIT,          /* answer to init */
  SONDE_MESSAGE_MEM_READ,      /* answer: value, data or error */
  SONDE_MESSAGE_MEM_READ_MANY, /* answer: data or error */
  SONDE_MESSAGE_MEM_WRITE,     /* answer */
  SONDE_MESSAGE_END,           /* answer */
  SONDE_MESSAGE_LOG,           /* {"type":"log",..} */
  SONDE_MESSAGE_DATA,          /* {"type":"data",..} of the older generation, 1.3 */
  SONDE_MESSAGE_OTHER_ANSWER,  /* {"res":..} of a command that is not known here */
  SONDE_MESSAGE_FREE,          /* any other JSON value or any text: streams (2.1) */
} SondeMessageKind;

typedef enum
{
  SONDE_ANSWER_NONE,   /* absent, or null with an error */
  SONDE_ANSWER_BITS,   /* value given as 0b.., 0x.. or whole number: raw bits, in bits */
  SONDE_ANSWER_NUMBER, /* the device converted it already: fraction or minus sign; in number */
} SondeAnswerForm;

/* What init announced; zero or empty where it said nothing (1.6). */
typedef struct
{
  guint proto; /* 0: none of our extensions */
  char device[65];
  char firmware[65];
  char build_id[129]; /* lower-case hex */
  char boot[33];
  gboolean is_big_endian;
  guint pointer_size;
  guint64 clock_hz; /* 0: answers carry no clock */
  gboolean has_seq;
  guint bits, block, batch, msg, mask, log, ota; /* caps */
} SondeIdentity;

/* One parsed message. Texts and bytes belong to the message; cleared by sonde_message_clear(). */
typedef struct
{
  SondeMessageKind kind;
  char con_id[33];
  gboolean has_seq;
  guint64 seq;
  gboolean has_address;
  guint64 address;
  SondeAnswerForm form;
  guint64 bits;
  double number;
  GByteArray *data; /* mem_read with count, mem_read_many: decoded bytes; kept by the caller between
                       messages */
  gboolean has_data; /* data holds this message's bytes */
  gboolean has_time;
  guint64 time;           /* ticks of the board's clock; DATA: microseconds since the epoch */
  gboolean is_error;      /* state is not success, or an error text came */
  char code[17];          /* "RANGE" ..; empty where the device gives none */
  char error[257];        /* for a person; safe text */
  gint at;                /* entry of the batch that was refused, -1 none */
  SondeIdentity identity; /* INIT */
  /* LOG and DATA */
  char level[9];
  char tag[65];
  char *text; /* (nullable) owned: LOG msg; DATA parameter name */
} SondeMessage;

void sonde_message_init (SondeMessage *self); /* once, before the first parse */
/** sonde_message_reset: a FREE message without fields again; the data array keeps its memory. */
void sonde_message_reset (SondeMessage *self);
void sonde_message_clear (SondeMessage *self); /* frees; may be inited again */
