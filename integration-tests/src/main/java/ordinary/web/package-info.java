/**
 * Web servers and web clients of the field, set up as their applications set them up. Nothing here knows of AlmostTLS.
 */
package ordinary.web;
