/* A growing hash table from 64-bit keys to 32-bit values; nothing is ever taken out.
 *
 * Invariant: key UINT64_MAX is never used.
 */
#ifndef RND_TABLE_H
#define RND_TABLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct rnd_table {
    struct rnd_table_entry *entries; /* NULL while empty */
    size_t count, room;              /* room is a power of two, or 0 */
};

/* Whether key is in the table; if so its value is in *value. */
bool rnd_table_get(const struct rnd_table *table, uint64_t key, int32_t *value);

/* Puts a key that is not there yet.  Without memory it is simply not kept: this is a cache. */
void rnd_table_put(struct rnd_table *table, uint64_t key, int32_t value);

void rnd_table_clear(struct rnd_table *table); /* frees */

#endif
