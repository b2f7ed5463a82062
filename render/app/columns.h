/* Widths of UTF-8 text in a terminal, where every character of ours takes one column. */
#ifndef RND_COLUMNS_H
#define RND_COLUMNS_H

/* Columns that a text takes. */
static inline int rnd_columns_of(const char *text)
{
    int width = 0;
    for (; *text; text++)
        width += ((unsigned char)*text & 0xc0) != 0x80;
    return width;
}

/* Bytes of the character at `text`; 0 at its end. */
static inline int rnd_columns_step(const char *text)
{
    int length = *text != '\0';
    while (length > 0 && ((unsigned char)text[length] & 0xc0) == 0x80)
        length++;
    return length;
}

#endif
