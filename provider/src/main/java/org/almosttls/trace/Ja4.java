package org.almosttls.trace;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
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

    private Ja4() {}

    /** Over TCP; nothing where the platform has no SHA-256. */
    static Optional<String> of(ClientHello hello) {
        var suites = meant(hello.cipherSuites().stream().mapToInt(CipherSuite::code));
        var extensions = meant(
                hello.extensions().all().stream().mapToInt(each -> each.type().code()));
        var shape = "t" + version(hello) + (hello.extensions().has(ExtensionType.SERVER_NAME) ? "d" : "i")
                + count(suites) + count(extensions) + application(hello);
        return digest(sorted(suites))
                .flatMap(second -> digest(tail(hello, extensions)).map(third -> shape + "_" + second + "_" + third));
    }

    private static String version(ClientHello hello) {
        int highest = hello.extensions()
                .find(SupportedVersions.class)
                .map(offered -> meant(offered.versions().stream().mapToInt(ProtocolVersion::code)))
                .flatMap(versions -> versions.stream().max(Integer::compare))
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

    private static String count(List<Integer> codes) {
        int count = Math.min(codes.size(), 99);
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
                : HexFormat.of().formatHex(first.getBytes(StandardCharsets.ISO_8859_1));
        return "" + shown.charAt(0) + shown.charAt(shown.length() - 1);
    }

    private static boolean isAlphanumeric(char c) {
        return c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z';
    }

    /** The extensions but for name and application protocol, which the shape tells; then the schemes as they came. */
    private static String tail(ClientHello hello, List<Integer> extensions) {
        var counted = extensions.stream()
                .filter(code -> code != ExtensionType.SERVER_NAME.code() && code != ExtensionType.ALPN.code())
                .toList();
        var schemes = hello.extensions()
                .find(SignatureAlgorithms.class)
                .map(offered -> meant(offered.schemes().stream().mapToInt(SignatureScheme::code)))
                .orElse(List.of());
        return schemes.isEmpty() ? sorted(counted) : sorted(counted) + "_" + joined(schemes);
    }

    private static List<Integer> meant(IntStream codes) {
        return codes.filter(code -> !Grease.is(code)).boxed().toList();
    }

    private static String sorted(List<Integer> codes) {
        return joined(codes.stream().sorted().toList());
    }

    private static String joined(List<Integer> codes) {
        return codes.stream()
                .map(code -> HexFormat.of().toHexDigits(code.shortValue()))
                .collect(Collectors.joining(","));
    }

    private static Optional<String> digest(String text) {
        if (text.isEmpty()) return Optional.of(NONE);
        return Digest.hex("SHA-256", text.getBytes(StandardCharsets.US_ASCII)).map(hex -> hex.substring(0, 12));
    }
}
