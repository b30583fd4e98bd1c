package org.almosttls.schedules;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.almosttls.config.OnRequest.Feature;

/**
 * What is settled before the first octet.
 *
 * @param asks whether the server asks for a client's certificate, and insists
 * @param shows whether the client has one
 * @param earlier whether the ends have met before, so that there is a session to go on with
 * @param padding of how many octets our records are multiples
 * @param packets what each end bounds its records by; 0 by nothing
 */
record Setting(
        Stack client,
        Stack server,
        String version,
        String suite,
        Key key,
        Asks asks,
        boolean shows,
        Alpn alpn,
        boolean earlier,
        Set<Feature> features,
        int padding,
        List<Integer> packets) {

    /** What the server signs with; both signatures are of one length whatever is signed, so that a seed means one thing. */
    enum Key {
        RSA,
        ED25519
    }

    enum Asks {
        NONE,
        WANT,
        NEED
    }

    /** How a protocol is agreed on. */
    enum Alpn {
        NONE,
        BY_LISTS,
        BY_SELECTOR,
        ONLY_OFFERED
    }

    private static final List<String> SUITES_13 =
            List.of("TLS_AES_128_GCM_SHA256", "TLS_AES_256_GCM_SHA384", "TLS_CHACHA20_POLY1305_SHA256");
    private static final List<String> CIPHERS_12 = List.of(
            "AES_128_GCM_SHA256",
            "AES_256_GCM_SHA384",
            "CHACHA20_POLY1305_SHA256",
            "AES_128_CBC_SHA",
            "AES_128_CBC_SHA256",
            "AES_256_CBC_SHA384");

    static Setting of(Draw draw) {
        var client = draw.oneIn(3) ? Stack.PLATFORM : Stack.OURS;
        var server = draw.oneIn(3) ? Stack.PLATFORM : Stack.OURS;
        boolean alone = client == Stack.OURS && server == Stack.OURS;
        var version = draw.of("TLSv1.3", "TLSv1.2", draw.of("TLSv1.3", "TLSv1.2", alone ? "TLSv1.1" : "TLSv1.2"));
        var key = version.equals("TLSv1.1") ? Key.RSA : draw.of(Key.values());
        return new Setting(
                client,
                server,
                version,
                suite(version, key, draw),
                key,
                draw.of(Asks.values()),
                draw.oneIn(2),
                draw.of(Alpn.values()),
                draw.oneIn(3),
                features(draw),
                draw.of(1, 1, 1, 512, 4096, 16_385),
                packets(alone, draw));
    }

    private static String suite(String version, Key key, Draw draw) {
        if (version.equals("TLSv1.3")) return draw.of(SUITES_13);
        var cipher = version.equals("TLSv1.1") ? draw.of("AES_128_CBC_SHA", "AES_256_CBC_SHA") : draw.of(CIPHERS_12);
        return "TLS_ECDHE_" + (key == Key.RSA ? "RSA" : "ECDSA") + "_WITH_" + cipher;
    }

    private static Set<Feature> features(Draw draw) {
        var features = EnumSet.noneOf(Feature.class);
        for (var feature : Feature.values()) if (draw.oneIn(4)) features.add(feature);
        return Set.copyOf(features);
    }

    /** The platform's engine takes no longer records than it sends. */
    private static List<Integer> packets(boolean alone, Draw draw) {
        int one = draw.of(0, 0, 0, draw.from(600, 18_000));
        int other = draw.of(0, 0, 0, draw.from(600, 18_000));
        return List.of(one, alone ? other : one);
    }

    Stack stack(boolean ofClient) {
        return ofClient ? client : server;
    }

    boolean isTls13() {
        return version.equals("TLSv1.3");
    }

    /** Whether a handshake within the connection is one that both ends take part in. */
    boolean renegotiates() {
        boolean ours = client == Stack.OURS || server == Stack.OURS;
        return !isTls13() && (!ours || features.contains(Feature.RENEGOTIATION));
    }

    /** Whether a server that begins again asks who the client is (RFC 8446 §4.6.2), which ends with FINISHED too. */
    boolean identifiesLate() {
        return isTls13() && asks != Asks.NONE && features.contains(Feature.POST_HANDSHAKE_AUTH);
    }

    /** Whether the server hears who the client is. */
    boolean identifies() {
        return asks != Asks.NONE && shows;
    }
}
