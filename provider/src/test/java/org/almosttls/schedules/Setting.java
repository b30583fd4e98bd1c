package org.almosttls.schedules;

import java.security.Security;
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

    /** What the server signs with. */
    enum Key {
        RSA,
        /** The length of whose signatures is chance, other than that of the others. */
        ECDSA,
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
        ONLY_OFFERED,
        /** There is none that both have. */
        DISJOINT,
        REFUSED_BY_SELECTOR
    }

    private static final List<String> SUITES_13 =
            List.of("TLS_AES_128_GCM_SHA256", "TLS_AES_256_GCM_SHA384", "TLS_CHACHA20_POLY1305_SHA256");
    private static final List<String> CIPHERS_11 = List.of("AES_128_CBC_SHA", "AES_256_CBC_SHA");
    private static final List<String> CIPHERS_12 = List.of(
            "AES_128_GCM_SHA256",
            "AES_256_GCM_SHA384",
            "CHACHA20_POLY1305_SHA256",
            "AES_128_CBC_SHA",
            "AES_128_CBC_SHA256",
            "AES_256_CBC_SHA384");
    private static final List<String> CIPHERS_DHE =
            List.of("AES_128_GCM_SHA256", "AES_256_GCM_SHA384", "CHACHA20_POLY1305_SHA256", "AES_128_CBC_SHA256");

    /** Else a connection of the platform's with TLS 1.1 becomes one with TLS 1.2. */
    private static final boolean PLATFORM_HAS_TLS_1_1 =
            !Security.getProperty("jdk.tls.disabledAlgorithms").contains("TLSv1.1");

    static Setting of(Draw draw) {
        var client = draw.oneIn(3) ? Stack.PLATFORM : Stack.OURS;
        var server = draw.oneIn(3) ? Stack.PLATFORM : Stack.OURS;
        boolean alone = client == Stack.OURS && server == Stack.OURS;
        var oldest = alone || PLATFORM_HAS_TLS_1_1 ? "TLSv1.1" : "TLSv1.2";
        var version = draw.of("TLSv1.3", "TLSv1.2", draw.of("TLSv1.3", "TLSv1.2", oldest));
        var key = version.equals("TLSv1.1") ? Key.RSA : draw.of(Key.values());
        return new Setting(
                client,
                server,
                version,
                suite(version, key, draw),
                key,
                draw.of(Asks.values()),
                draw.oneIn(2),
                alpn(draw),
                draw.oneIn(3),
                features(draw),
                draw.of(1, 1, 1, 512, 4096, 16_385),
                packets(alone, draw));
    }

    private static String suite(String version, Key key, Draw draw) {
        if (version.equals("TLSv1.3")) return draw.of(SUITES_13);
        boolean fields = key == Key.RSA && draw.oneIn(3);
        var cipher = draw.of(version.equals("TLSv1.1") ? CIPHERS_11 : fields ? CIPHERS_DHE : CIPHERS_12);
        return "TLS_" + (fields ? "DHE_" : "ECDHE_") + (key == Key.RSA ? "RSA" : "ECDSA") + "_WITH_" + cipher;
    }

    /** Mostly one that a connection comes of. */
    private static Alpn alpn(Draw draw) {
        var any = draw.of(Alpn.values());
        return any.ordinal() < Alpn.DISJOINT.ordinal() || draw.oneIn(4) ? any : Alpn.NONE;
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

    /** Whether no connection may come of it: no certificate where one is insisted on, or no protocol that both have. */
    boolean isRefused() {
        return asks == Asks.NEED && !shows || alpn == Alpn.DISJOINT || alpn == Alpn.REFUSED_BY_SELECTOR;
    }

    Stack stack(boolean ofClient) {
        return ofClient ? client : server;
    }

    boolean isTls13() {
        return version.equals("TLSv1.3");
    }

    /** Whether a handshake within the connection is one that both ends take part in; the platform's fail at it, alone. */
    boolean renegotiates() {
        boolean ours = client == Stack.OURS || server == Stack.OURS;
        return !isTls13() && ours && features.contains(Feature.RENEGOTIATION);
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
