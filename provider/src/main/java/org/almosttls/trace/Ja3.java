package org.almosttls.trace;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.almosttls.extension.EcPointFormats;
import org.almosttls.extension.Extensions;
import org.almosttls.extension.SupportedGroups;
import org.almosttls.message.ClientHello;
import org.almosttls.message.ServerHello;
import org.almosttls.registry.CipherSuite;
import org.almosttls.registry.NamedGroup;

/** JA3 and JA3S: the MD5 of what a hello says in the clear, as published by Salesforce. */
final class Ja3 {

    private Ja3() {}

    static Optional<String> of(ClientHello hello) {
        return md5(text(hello));
    }

    static Optional<String> of(ServerHello hello) {
        return md5(text(hello));
    }

    /** Version, suites, extensions, groups and point formats, in decimal and in the client's order. */
    static String text(ClientHello hello) {
        var extensions = hello.extensions();
        var groups = extensions.find(SupportedGroups.class).map(SupportedGroups::groups);
        var formats = extensions.find(EcPointFormats.class).map(EcPointFormats::formats);
        return Stream.of(
                        Integer.toString(hello.legacyVersion().code()),
                        joined(hello.cipherSuites().stream().mapToInt(CipherSuite::code)),
                        typesOf(extensions),
                        joined(groups.orElse(List.of()).stream().mapToInt(NamedGroup::code)),
                        joined(octets(formats.orElse(new byte[0]))))
                .collect(Collectors.joining(","));
    }

    /** Version, suite and extensions. */
    static String text(ServerHello hello) {
        return hello.legacyVersion().code() + "," + hello.cipherSuite().code() + "," + typesOf(hello.extensions());
    }

    private static String typesOf(Extensions extensions) {
        return joined(extensions.all().stream().mapToInt(each -> each.type().code()));
    }

    private static IntStream octets(byte[] octets) {
        return IntStream.range(0, octets.length).map(i -> octets[i] & 0xFF);
    }

    private static String joined(IntStream codes) {
        return codes.filter(code -> !Grease.is(code))
                .mapToObj(Integer::toString)
                .collect(Collectors.joining("-"));
    }

    private static Optional<String> md5(String text) {
        return Digest.hex("MD5", text.getBytes(StandardCharsets.US_ASCII));
    }
}
