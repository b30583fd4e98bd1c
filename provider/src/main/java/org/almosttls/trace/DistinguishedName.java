package org.almosttls.trace;

import java.util.Map;
import javax.security.auth.x500.X500Principal;

/** RFC 2253: an X.500 name as text, with the words for two attributes that certificates often have beside its own. */
final class DistinguishedName {

    private static final Map<String, String> WORDS =
            Map.of("1.2.840.113549.1.9.1", "EMAILADDRESS", "2.5.4.5", "SERIALNUMBER");

    private DistinguishedName() {}

    static String of(X500Principal name) {
        return name.getName(X500Principal.RFC2253, WORDS);
    }

    static String of(byte[] der) {
        try {
            return of(new X500Principal(der));
        } catch (IllegalArgumentException malformed) {
            return "malformed";
        }
    }
}
