/* block-job.h: many bytes read once, piece by piece, behind what is due */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "device/poll-scheduler.h"

#define SONDE_BLOCK_MAX_SIZE (64 * 1024 * 1024)

typedef struct
{
  guint64 address;
  gsize size;
  int byte_order; /* of the board: it may answer in numbers */
} SondeBlock;

/* Borrowed for the call. */
typedef struct
{
  GBytes *bytes;        /* NULL: it failed */
  guint64 address;      /* of the piece that failed */
  SondeOutcome outcome; /* why it failed */
  const char *error;    /* for a person */
} SondeBlockResult;

typedef void (*SondeBlockJobFunc) (const SondeBlockResult *result, gpointer user_data);

/**
 * sonde_block_job_start:
 * @cancellable: (nullable): heeded between two pieces
 *
 * @func is called once, never from inside this call.
 */
void sonde_block_job_start (SondePollScheduler *scheduler, const SondeLimits *limits,
                            const SondeBlock *block, GCancellable *cancellable,
                            SondeBlockJobFunc func, gpointer user_data);
