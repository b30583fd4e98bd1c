package org.almosttls.handshake.hello.client;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.almosttls.crypto.Randomness;
import org.almosttls.extension.ApplicationProtocols;
import org.almosttls.extension.Extension;
import org.almosttls.extension.Extensions;
import org.almosttls.extension.KeyShareEntry;
import org.almosttls.extension.KeyShares;
import org.almosttls.extension.PreSharedKeyModes;
import org.almosttls.extension.SignatureAlgorithms;
import org.almosttls.extension.SignatureAlgorithmsCert;
import org.almosttls.extension.SupportedGroups;
import org.almosttls.extension.SupportedVersions;
import org.almosttls.handshake.GreaseValues;
import org.almosttls.message.ClientHello;
import org.almosttls.registry.CipherSuite;
import org.almosttls.registry.NamedGroup;
import org.almosttls.registry.ProtocolVersion;
import org.almosttls.registry.SignatureScheme;

/**
 * RFC 8701 §3.1: values that stand for nothing, offered so that servers stay used to passing over what they do not know.
 * Drawn anew for each offer. What a server has to send of them is TLS 1.3 only (RFC 8701 §4.1).
 */
record Grease(int suite, int first, int last, int group, int scheme, int version, int mode, int protocol) {

    static Grease drawn(Randomness randomness) {
        byte[] drawn = randomness.bytes(8);
        int first = GreaseValues.of(drawn[1]);
        return new Grease(
                GreaseValues.of(drawn[0]),
                first,
                // RFC 5246 §7.4.1.4: no extension occurs twice.
                GreaseValues.otherThan(first, drawn[2]),
                GreaseValues.of(drawn[3]),
                GreaseValues.of(drawn[4]),
                GreaseValues.of(drawn[5]),
                GreaseValues.ofMode(drawn[6]),
                GreaseValues.of(drawn[7]));
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
        all.add(GreaseValues.extension(first, 0));
        for (var each : extensions) all.add(in(each));
        all.add(GreaseValues.extension(last, 1));
        return all;
    }

    private Extension in(Extension extension) {
        if (extension instanceof SupportedGroups offer)
            return new SupportedGroups(before(new NamedGroup(group), offer.groups()));
        if (extension instanceof SignatureAlgorithms offer)
            return new SignatureAlgorithms(before(new SignatureScheme(scheme), offer.schemes()));
        if (extension instanceof SignatureAlgorithmsCert offer)
            return new SignatureAlgorithmsCert(before(new SignatureScheme(scheme), offer.schemes()));
        if (extension instanceof SupportedVersions offer)
            return new SupportedVersions(before(new ProtocolVersion(version), offer.versions()));
        // RFC 8701 §3.1: a share of one octet, in the group that is among the supported ones.
        if (extension instanceof KeyShares offer)
            return new KeyShares(before(new KeyShareEntry(new NamedGroup(group), new byte[1]), offer.entries()));
        if (extension instanceof PreSharedKeyModes offer) return new PreSharedKeyModes(before(mode, offer.modes()));
        // What an application speaks is in the order of its preference, which is not for anything that nobody speaks.
        if (extension instanceof ApplicationProtocols offer)
            return new ApplicationProtocols(behind(offer.names(), GreaseValues.protocol(protocol)));
        return extension;
    }

    private static <T> List<T> behind(List<T> meant, T value) {
        return Stream.concat(meant.stream(), Stream.of(value)).toList();
    }

    private static <T> List<T> before(T value, List<T> meant) {
        return Stream.concat(Stream.of(value), meant.stream()).toList();
    }
}
