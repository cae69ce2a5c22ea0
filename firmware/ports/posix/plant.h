/* plant.h: the machine behind the variables: five motors, waves, a state machine */
/* SPDX-License-Identifier: MIT */
#ifndef DEMO_PLANT_H
#define DEMO_PLANT_H

#include <stdint.h>

#include "sonde/agent.h"

typedef void (*plant_log) (sonde_log_level level, const char *tag, const char *format, ...)
    __attribute__ ((format (printf, 3, 4)));

/** plant_init: @log is called from inside plant_run(). */
void plant_init (uint64_t seed, uint32_t step_hz, plant_log log);
/**
 * plant_run:
 * @elapsed_ns: since the board started
 *
 * Does the steps that are due by then, at most a few thousand at once so that the link stays alive
 * after a long sleep; the rest follows with the next call.
 */
void plant_run (uint64_t elapsed_ns);

#endif
