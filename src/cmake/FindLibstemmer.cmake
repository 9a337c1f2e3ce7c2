# Snowball's libstemmer has neither a CMake package nor a pkg-config module. Defines the target
# Libstemmer::libstemmer where it is found; installed beside svi_ldaConfig.cmake.
find_path(LIBSTEMMER_INCLUDE_DIR libstemmer.h)
find_library(LIBSTEMMER_LIBRARY stemmer)
mark_as_advanced(LIBSTEMMER_INCLUDE_DIR LIBSTEMMER_LIBRARY)
if(LIBSTEMMER_INCLUDE_DIR AND LIBSTEMMER_LIBRARY AND NOT TARGET Libstemmer::libstemmer)
  add_library(Libstemmer::libstemmer UNKNOWN IMPORTED)
  set_target_properties(Libstemmer::libstemmer PROPERTIES
    IMPORTED_LOCATION "${LIBSTEMMER_LIBRARY}"
    INTERFACE_INCLUDE_DIRECTORIES "${LIBSTEMMER_INCLUDE_DIR}")
endif()
