#include "table.h"

#include <stdlib.h>

struct rnd_table_entry {
    uint64_t key;
    int32_t value;
};

static const uint64_t free_key = UINT64_MAX;

/* The key's entry, or the free one where it would go. */
static struct rnd_table_entry *find(const struct rnd_table *table, uint64_t key)
{
    uint64_t hash = key * UINT64_C(0x9e3779b97f4a7c15);
    size_t at = (size_t)(hash >> 32) & (table->room - 1);
    while (table->entries[at].key != key && table->entries[at].key != free_key)
        at = (at + 1) & (table->room - 1);
    return &table->entries[at];
}

bool rnd_table_get(const struct rnd_table *table, uint64_t key, int32_t *value)
{
    if (table->room == 0)
        return false;
    const struct rnd_table_entry *entry = find(table, key);
    if (entry->key != key)
        return false;
    *value = entry->value;
    return true;
}

static bool grow(struct rnd_table *table)
{
    struct rnd_table next = {.room = table->room ? table->room * 2 : 256};
    next.entries = malloc(next.room * sizeof *next.entries);
    if (next.entries == NULL)
        return false;
    for (size_t i = 0; i < next.room; i++)
        next.entries[i].key = free_key;
    for (size_t i = 0; i < table->room; i++) {
        if (table->entries[i].key != free_key)
            *find(&next, table->entries[i].key) = table->entries[i];
    }
    next.count = table->count;
    free(table->entries);
    *table = next;
    return true;
}

void rnd_table_put(struct rnd_table *table, uint64_t key, int32_t value)
{
    if ((table->count + 1) * 2 > table->room && !grow(table))
        return;
    *find(table, key) = (struct rnd_table_entry){key, value};
    table->count++;
}

void rnd_table_clear(struct rnd_table *table)
{
    free(table->entries);
    *table = (struct rnd_table){0};
}
