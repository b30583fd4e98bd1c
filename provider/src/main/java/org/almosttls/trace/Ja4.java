package org.almosttls.trace;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.ToIntFunction;
import org.almosttls.extension.ApplicationProtocols;
import org.almosttls.extension.SignatureAlgorithms;
import org.almosttls.extension.SupportedVersions;
import org.almosttls.message.ClientHello;
import org.almosttls.registry.CipherSuite;
import org.almosttls.registry.ExtensionType;
import org.almosttls.registry.ProtocolVersion;
import org.almosttls.registry.SignatureScheme;

/** JA4, the fingerprint of a TLS client, as published by FoxIO: readable counts, then two digests of sorted lists. */
final class Ja4 {

    private static final String NONE = "000000000000";
    private static final HexFormat HEX = HexFormat.of();

    private Ja4() {}

    /** Over TCP; nothing where the platform has no SHA-256. */
    static Optional<String> of(ClientHello hello) {
        int[] suites = meant(hello.cipherSuites(), CipherSuite::code);
        int[] extensions = meant(hello.extensions().all(), each -> each.type().code());
        var shape = "t" + version(hello) + (hello.extensions().has(ExtensionType.SERVER_NAME) ? "d" : "i")
                + count(suites) + count(extensions) + application(hello);
        return digest(sorted(suites))
                .flatMap(second -> digest(tail(hello, extensions)).map(third -> shape + "_" + second + "_" + third));
    }

    private static String version(ClientHello hello) {
        int highest = hello.extensions()
                .find(SupportedVersions.class)
                .map(offered -> highest(meant(offered.versions(), ProtocolVersion::code)))
                .filter(code -> code >= 0)
                .orElse(hello.legacyVersion().code());
        return switch (highest) {
            case 0x0304 -> "13";
            case 0x0303 -> "12";
            case 0x0302 -> "11";
            case 0x0301 -> "10";
            case 0x0300 -> "s3";
            case 0x0002 -> "s2";
            default -> "00";
        };
    }

    private static int highest(int[] codes) {
        int highest = -1;
        for (int code : codes) highest = Math.max(highest, code);
        return highest;
    }

    private static String count(int[] codes) {
        int count = Math.min(codes.length, 99);
        return count < 10 ? "0" + count : "" + count;
    }

    /** First and last character of the first application protocol; of its hexadecimal form if either is unprintable. */
    private static String application(ClientHello hello) {
        var first = hello.extensions().find(ApplicationProtocols.class).stream()
                .flatMap(offered -> offered.names().stream())
                .findFirst()
                .orElse("");
        if (first.isEmpty()) return "00";
        var shown = isAlphanumeric(first.charAt(0)) && isAlphanumeric(first.charAt(first.length() - 1))
                ? first
                : HEX.formatHex(first.getBytes(StandardCharsets.ISO_8859_1));
        return "" + shown.charAt(0) + shown.charAt(shown.length() - 1);
    }

    private static boolean isAlphanumeric(char c) {
        return c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z';
    }

    /** The extensions but for name and application protocol, which the shape tells; then the schemes as they came. */
    private static String tail(ClientHello hello, int[] extensions) {
        String counted = sorted(Arrays.stream(extensions)
                .filter(code -> code != ExtensionType.SERVER_NAME.code() && code != ExtensionType.ALPN.code())
                .toArray());
        return hello.extensions()
                .find(SignatureAlgorithms.class)
                .map(offered -> meant(offered.schemes(), SignatureScheme::code))
                .filter(schemes -> schemes.length > 0)
                .map(schemes -> counted + "_" + joined(schemes))
                .orElse(counted);
    }

    private static <T> int[] meant(List<T> all, ToIntFunction<T> code) {
        int[] codes = new int[all.size()];
        int count = 0;
        for (T each : all) {
            codes[count] = code.applyAsInt(each);
            if (!Grease.is(codes[count])) count++;
        }
        return Arrays.copyOf(codes, count);
    }

    private static String sorted(int[] codes) {
        int[] sorted = codes.clone();
        Arrays.sort(sorted);
        return joined(sorted);
    }

    private static String joined(int[] codes) {
        var text = new StringBuilder(5 * codes.length);
        for (int code : codes) {
            if (text.length() > 0) text.append(',');
            text.append(HEX.toHexDigits((short) code));
        }
        return text.toString();
    }

    private static Optional<String> digest(String text) {
        if (text.isEmpty()) return Optional.of(NONE);
        return Digest.hex("SHA-256", text.getBytes(StandardCharsets.US_ASCII)).map(hex -> hex.substring(0, 12));
    }
}
