package org.almosttls.handshake.tls13.server;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.almosttls.config.OnRequest.Feature;
import org.almosttls.config.TlsConfig;
import org.almosttls.extension.Extension;
import org.almosttls.extension.SignatureAlgorithms;
import org.almosttls.extension.SignatureAlgorithmsCert;
import org.almosttls.handshake.GreaseValues;
import org.almosttls.registry.SignatureScheme;

/** RFC 8701 §4.1: what a server says that stands for nothing, so that clients stay used to that; on request. */
final class ServerGrease {

    private ServerGrease() {}

    /** What is asked in a CertificateRequest, with a scheme more in each list, and an empty extension and one with a body. */
    static List<Extension> inRequest(List<Extension> meant, TlsConfig config) {
        if (!config.onRequest().has(Feature.GREASE)) return meant;
        byte[] drawn = config.randomOctets(3);
        int first = GreaseValues.of(drawn[0]);
        var scheme = new SignatureScheme(GreaseValues.of(drawn[2]));
        var all = new ArrayList<Extension>();
        all.add(GreaseValues.extension(first, 0));
        for (var each : meant) all.add(with(scheme, each));
        all.add(GreaseValues.extension(GreaseValues.otherThan(first, drawn[1]), 1));
        return all;
    }

    private static Extension with(SignatureScheme scheme, Extension extension) {
        if (extension instanceof SignatureAlgorithms asked)
            return new SignatureAlgorithms(before(scheme, asked.schemes()));
        if (extension instanceof SignatureAlgorithmsCert asked)
            return new SignatureAlgorithmsCert(before(scheme, asked.schemes()));
        return extension;
    }

    private static List<SignatureScheme> before(SignatureScheme scheme, List<SignatureScheme> meant) {
        return Stream.concat(Stream.of(scheme), meant.stream()).toList();
    }

    /** What is said beside a ticket, which else is nothing. */
    static List<Extension> inTicket(TlsConfig config) {
        return config.onRequest().has(Feature.GREASE)
                ? List.of(GreaseValues.extension(GreaseValues.of(config.randomOctets(1)[0]), 1))
                : List.of();
    }
}
