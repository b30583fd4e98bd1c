package org.almosttls.schedules;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** The buffers of one call, each amid a larger piece of memory: which of them count, and what lies around them. */
final class Buffers {

    private static final byte UNTOUCHED = 0x5a;
    private static final int MOST_MARGIN = 9;
    private static final byte[] NOTHING = {};

    private final List<ByteBuffer> all = new ArrayList<>();
    private final List<Integer> starts = new ArrayList<>();
    private final List<Integer> ends = new ArrayList<>();
    private final byte[] content;
    private boolean overlaps;
    private int offset;
    private int length;

    private Buffers(byte[] content) {
        this.content = content;
    }

    /** One with room for so many octets. */
    static Buffers room(Draw draw, int size) {
        var one = new Buffers(NOTHING);
        one.add(empty(draw, size));
        one.length = 1;
        return one;
    }

    /** Any number of them, with room for so many octets together. */
    static Buffers scatteredRoom(Draw draw, int size) {
        var several = new Buffers(NOTHING);
        several.fill(draw, size, part -> empty(draw, part));
        return several;
    }

    /** One that holds this. */
    static Buffers source(Draw draw, byte[] content) {
        return one(content, readable(draw, content, 0, content.length));
    }

    /** The same that can be written to: the platform's engine decrypts where it reads. */
    static Buffers writableSource(Draw draw, byte[] content) {
        return one(content, filled(draw, content, 0, content.length));
    }

    private static Buffers one(byte[] content, ByteBuffer buffer) {
        var one = new Buffers(content);
        one.add(buffer);
        one.length = 1;
        return one;
    }

    /** Any number of them, which hold this together. */
    static Buffers scatteredSource(Draw draw, byte[] content) {
        var several = new Buffers(content);
        int[] at = {0};
        several.fill(draw, content.length, part -> {
            at[0] += part;
            return readable(draw, content, at[0] - part, part);
        });
        return several;
    }

    /**
     * A source and a room that share memory, as who saves copies has them: the octets go where they or their neighbours
     * come from.
     *
     * @return both, in this order
     */
    static Buffers[] overlapping(Draw draw, byte[] content, int size) {
        int before = draw.below(MOST_MARGIN);
        int shift = draw.of(0, 0, draw.from(-40, 40), draw.from(-before, content.length));
        var memory = new byte[2 * MOST_MARGIN + 80 + content.length + size];
        int start = before + 40;
        System.arraycopy(content, 0, memory, start, content.length);
        var source = one(content, ByteBuffer.wrap(memory, start, content.length));
        var room = new Buffers(NOTHING);
        room.add(ByteBuffer.wrap(memory, Math.max(0, start + shift), size));
        room.length = 1;
        source.overlaps = true;
        room.overlaps = true;
        return new Buffers[] {source, room};
    }

    private interface Maker {
        ByteBuffer of(int size);
    }

    private void fill(Draw draw, int size, Maker maker) {
        offset = draw.below(3);
        length = draw.from(1, 5);
        for (int i = 0; i < offset; i++) add(maker.of(0));
        int left = size;
        for (int i = 0; i < length; i++) {
            int part = i == length - 1 ? left : draw.amount(left);
            add(maker.of(part));
            left -= part;
        }
        for (int i = draw.below(2); i > 0; i--) add(maker.of(0));
    }

    private void add(ByteBuffer buffer) {
        all.add(buffer);
        starts.add(buffer.position());
        ends.add(buffer.limit());
    }

    private static ByteBuffer empty(Draw draw, int size) {
        int before = draw.below(MOST_MARGIN);
        int capacity = before + size + draw.below(MOST_MARGIN);
        var memory = draw.oneIn(3) ? ByteBuffer.allocateDirect(capacity) : ByteBuffer.allocate(capacity);
        for (int at = 0; at < before; at++) memory.put(at, UNTOUCHED);
        for (int at = before + size; at < capacity; at++) memory.put(at, UNTOUCHED);
        memory.position(before).limit(before + size);
        return draw.oneIn(3) ? memory.position(0).slice().position(before).limit(before + size) : memory;
    }

    private static ByteBuffer filled(Draw draw, byte[] content, int from, int size) {
        var memory = empty(draw, size);
        int start = memory.position();
        return memory.put(content, from, size).position(start);
    }

    private static ByteBuffer readable(Draw draw, byte[] content, int from, int size) {
        var memory = filled(draw, content, from, size);
        return draw.oneIn(3) ? memory.asReadOnlyBuffer() : memory;
    }

    /** What a source held before the call. */
    byte[] content() {
        return content;
    }

    ByteBuffer[] array() {
        return all.toArray(ByteBuffer[]::new);
    }

    ByteBuffer first() {
        return all.get(0);
    }

    int offset() {
        return offset;
    }

    int length() {
        return length;
    }

    int remaining() {
        return all.stream()
                .skip(offset)
                .limit(length)
                .mapToInt(ByteBuffer::remaining)
                .sum();
    }

    /** How far they have moved since they were made. */
    int moved() {
        int moved = 0;
        for (int i = 0; i < all.size(); i++) moved += all.get(i).position() - starts.get(i);
        return moved;
    }

    /** What has been put into them. */
    byte[] written() {
        var written = ByteBuffer.allocate(moved());
        for (int i = 0; i < all.size(); i++) {
            var part = all.get(i).duplicate().limit(all.get(i).position()).position(starts.get(i));
            written.put(part);
        }
        return written.array();
    }

    /** The octets around them are what they were, and so are their limits. */
    void assertBounds() {
        for (int i = 0; i < all.size(); i++) {
            var buffer = all.get(i);
            assertEquals(ends.get(i), buffer.limit(), "limit");
            if (overlaps) continue;
            assertUntouched(buffer, 0, starts.get(i));
            assertUntouched(buffer, ends.get(i), buffer.capacity());
        }
    }

    private static void assertUntouched(ByteBuffer buffer, int from, int end) {
        var whole = buffer.duplicate().clear();
        for (int at = from; at < end; at++) assertEquals(UNTOUCHED, whole.get(at), "an octet outside");
    }

    /** They are filled one after another, and none before those in front of it. */
    void assertInOrder() {
        boolean full = true;
        for (int i = offset; i < offset + length; i++) {
            int put = all.get(i).position() - starts.get(i);
            assertEquals(true, full || put == 0, "a buffer was passed over");
            full = !all.get(i).hasRemaining();
        }
    }

    /** Whoever reads does not write. */
    void assertUnchanged() {
        if (content.length > 0 && !overlaps) assertArrayEquals(content, all(), "source");
        assertBounds();
    }

    private byte[] all() {
        var octets = ByteBuffer.allocate(content.length);
        for (int i = 0; i < all.size(); i++)
            octets.put(all.get(i).duplicate().limit(ends.get(i)).position(starts.get(i)));
        return octets.array();
    }
}
