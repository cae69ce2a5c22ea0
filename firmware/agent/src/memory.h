/* memory.h: reads and writes what the table of regions allows */
/* SPDX-License-Identifier: MIT */
#ifndef SONDE_MEMORY_H
#define SONDE_MEMORY_H

#include "src/request.h"

/* Each writes the whole of a good answer; after any other status the answer is of no use. */
sonde_status sonde_memory_answer_read (const sonde_agent *agent, sonde_request *request,
                                       sonde_text *answer);
sonde_status sonde_memory_answer_write (const sonde_agent *agent, sonde_request *request,
                                        sonde_text *answer);
sonde_status sonde_memory_answer_read_many (const sonde_agent *agent, sonde_request *request,
                                            sonde_text *answer);

#endif
