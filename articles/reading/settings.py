def reading_settings(request):
    return {}
