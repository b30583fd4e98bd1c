package org.almosttls.handshake.hello.client;

import java.util.List;
import java.util.stream.Stream;
import org.almosttls.extension.Extension;
import org.almosttls.extension.OfferedPreSharedKeys;
import org.almosttls.extension.Padding;
import org.almosttls.message.ClientHello;
import org.almosttls.message.EncodedMessage;

/** RFC 7685 §4: some servers hang at a ClientHello of 256 to 511 octets, so none of ours is that long. */
final class HelloLength {

    private static final int FIRST_BAD = 256;
    private static final int FIRST_GOOD = 512;

    /** Octets of an extension's type and length. */
    private static final int EXTENSION_HEADER = 4;

    private HelloLength() {}

    /** The offer, made longer if it has to be. */
    static EncodedMessage padded(ClientHello hello) {
        var plain = EncodedMessage.of(hello);
        int length = plain.bytes().length;
        if (length < FIRST_BAD || length >= FIRST_GOOD) return plain;
        // Never empty: there are servers that take no empty extension as the last one.
        var padding = new Padding(new byte[Math.max(1, FIRST_GOOD - length - EXTENSION_HEADER)]);
        return EncodedMessage.of(hello.with(plus(hello.extensions().all(), padding)));
    }

    /** RFC 8446 §4.2.11: pre_shared_key stays the last. */
    private static List<Extension> plus(List<Extension> all, Extension padding) {
        int end = all.size()
                - (int) all.stream()
                        .filter(OfferedPreSharedKeys.class::isInstance)
                        .count();
        return Stream.of(all.subList(0, end), List.of(padding), all.subList(end, all.size()))
                .flatMap(List::stream)
                .toList();
    }
}
