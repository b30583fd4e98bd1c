package org.almosttls.trace;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.ToIntFunction;
import org.almosttls.extension.EcPointFormats;
import org.almosttls.extension.Extension;
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

    /** Version, suites, extensions, groups and point formats, in decimal and in the client's order. */
    static String text(ClientHello hello) {
        var extensions = hello.extensions();
        var groups = extensions.find(SupportedGroups.class).map(SupportedGroups::groups);
        var formats = extensions.find(EcPointFormats.class).map(EcPointFormats::formats);
        var text = new StringBuilder().append(hello.legacyVersion().code()).append(',');
        append(text, hello.cipherSuites(), CipherSuite::code).append(',');
        append(text, extensions.all(), Ja3::typeOf).append(',');
        append(text, groups.orElse(List.of()), NamedGroup::code).append(',');
        for (byte format : formats.orElse(new byte[0])) append(text, format & 0xFF);
        return text.toString();
    }

    /** JA3S before its {@link #md5}: version, suite and extensions. */
    static String text(ServerHello hello) {
        var text = new StringBuilder().append(hello.legacyVersion().code()).append(',');
        text.append(hello.cipherSuite().code()).append(',');
        return append(text, hello.extensions().all(), Ja3::typeOf).toString();
    }

    private static int typeOf(Extension extension) {
        return extension.type().code();
    }

    private static <T> StringBuilder append(StringBuilder text, List<T> all, ToIntFunction<T> code) {
        for (T each : all) append(text, code.applyAsInt(each));
        return text;
    }

    /** After a hyphen, unless it is the first of its list. */
    private static void append(StringBuilder text, int code) {
        if (Grease.is(code)) return;
        if (text.charAt(text.length() - 1) != ',') text.append('-');
        text.append(code);
    }

    static Optional<String> md5(String text) {
        return Digest.hex("MD5", text.getBytes(StandardCharsets.US_ASCII));
    }
}
