/* Hashes of bytes: for what is told apart by its hash alone. */
#ifndef RND_HASH_H
#define RND_HASH_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* Folds bytes into a hash. */
static inline uint64_t rnd_hash_bytes(uint64_t hash, const void *data, size_t bytes)
{
    const unsigned char *at = data;
    for (; bytes >= 8; at += 8, bytes -= 8) {
        uint64_t word;
        memcpy(&word, at, 8);
        hash = (hash ^ word) * UINT64_C(0x9e3779b97f4a7c15);
        hash ^= hash >> 29;
    }
    for (; bytes > 0; at++, bytes--)
        hash = (hash ^ *at) * UINT64_C(0x100000001b3);
    return hash ^ (hash >> 32);
}

#endif
