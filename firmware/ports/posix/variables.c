/* variables.c: what the demo board holds for a host to look at */
/* SPDX-License-Identifier: MIT */
#include "ports/posix/variables.h"

/* Gains that settle in half a second without much overshoot. */
#define GAINS                                                                                      \
  {                                                                                                \
    .kp = 0.02f, .ki = 0.06f, .kd = 0.0001f                                                        \
  }

struct motor motor = { .target = 1200.0f, .temperature = 25.0f, .pid = GAINS };
struct motor axis[4] = {
  { .target = 300.0f, .temperature = 25.0f, .pid = GAINS },
  { .target = 600.0f, .temperature = 25.0f, .pid = GAINS },
  { .target = 900.0f, .temperature = 25.0f, .pid = GAINS },
  { .target = 1500.0f, .temperature = 25.0f, .pid = GAINS },
};
enum state state = INIT;
uint64_t ticks;
struct wave wave;
uint16_t adc[8];
double matrix[3][4]
    = { { 1.0, 0.0, 0.0, 0.5 }, { 0.0, 1.0, 0.0, -0.25 }, { 0.0, 0.0, 1.0, 0.125 } };
struct flags flags = { .ready = 1, .mode = 5, .level = -3, .wide = 0xabcde };
union raw raw = { .real = 1.0f };
char message[32] = "hello from the demo board";
static struct node nodes[3] = { { 10, &nodes[1] }, { 20, &nodes[2] }, { 30, NULL } };
struct node *next = &nodes[0];
int *nothing;
uint8_t inject_fault;
