package org.almosttls.handshake.hello.client;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.almosttls.crypto.Randomness;
import org.almosttls.extension.Extension;
import org.almosttls.extension.Extensions;
import org.almosttls.extension.KeyShareEntry;
import org.almosttls.extension.KeyShares;
import org.almosttls.extension.SignatureAlgorithms;
import org.almosttls.extension.SupportedGroups;
import org.almosttls.extension.SupportedVersions;
import org.almosttls.extension.UnknownExtension;
import org.almosttls.message.ClientHello;
import org.almosttls.registry.CipherSuite;
import org.almosttls.registry.ExtensionType;
import org.almosttls.registry.NamedGroup;
import org.almosttls.registry.ProtocolVersion;
import org.almosttls.registry.SignatureScheme;

/**
 * RFC 8701 §3.1: values that stand for nothing, offered so that servers stay used to passing over what they do not know.
 * Drawn anew for each offer. A server has none to send in TLS 1.2 (RFC 8701 §4.1).
 */
record Grease(int suite, int first, int last, int group, int scheme, int version) {

    private static final int LOWEST = 0x0A0A;
    private static final int STEP = 0x1010;
    private static final int KINDS = 16;

    static Grease drawn(Randomness randomness) {
        byte[] drawn = randomness.bytes(6);
        int first = value(drawn[1]);
        int last = value(drawn[2]);
        // RFC 5246 §7.4.1.4: no extension occurs twice.
        int other = last == first ? value(drawn[2] + 1) : last;
        return new Grease(value(drawn[0]), first, other, value(drawn[3]), value(drawn[4]), value(drawn[5]));
    }

    private static int value(int drawn) {
        return LOWEST + STEP * Math.floorMod(drawn, KINDS);
    }

    /** The same offer with some of them in it; of the two extensions one is empty and one has a body. */
    ClientHello in(ClientHello hello) {
        return new ClientHello(
                hello.legacyVersion(),
                hello.random(),
                hello.sessionId(),
                before(new CipherSuite(suite), hello.cipherSuites()),
                hello.compressionMethods(),
                Extensions.of(in(hello.extensions().all())));
    }

    private List<Extension> in(List<Extension> extensions) {
        var all = new ArrayList<Extension>();
        all.add(new UnknownExtension(new ExtensionType(first), new byte[0]));
        for (var each : extensions) all.add(in(each));
        all.add(new UnknownExtension(new ExtensionType(last), new byte[1]));
        return all;
    }

    private Extension in(Extension extension) {
        if (extension instanceof SupportedGroups offer)
            return new SupportedGroups(before(new NamedGroup(group), offer.groups()));
        if (extension instanceof SignatureAlgorithms offer)
            return new SignatureAlgorithms(before(new SignatureScheme(scheme), offer.schemes()));
        if (extension instanceof SupportedVersions offer)
            return new SupportedVersions(before(new ProtocolVersion(version), offer.versions()));
        // RFC 8701 §3.1: a share of one octet, in the group that is among the supported ones.
        if (extension instanceof KeyShares offer)
            return new KeyShares(before(new KeyShareEntry(new NamedGroup(group), new byte[1]), offer.entries()));
        return extension;
    }

    private static <T> List<T> before(T value, List<T> meant) {
        return Stream.concat(Stream.of(value), meant.stream()).toList();
    }
}
