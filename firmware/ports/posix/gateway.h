/* gateway.h: answers as the XCP gateways in the field do, without any of our extensions */
/* SPDX-License-Identifier: MIT */
#ifndef DEMO_GATEWAY_H
#define DEMO_GATEWAY_H

#include "sonde/agent.h"

/** gateway_handle: like sonde_agent_handle(), to which it hands the memory accesses. */
size_t gateway_handle (const sonde_agent *agent, const char *request, size_t size, char *answer,
                       size_t cap);

#endif
